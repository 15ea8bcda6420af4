export { failedStep, type FlakyJob, flakyJobs } from "./flaky.ts";
export { isFailure, ranJobs, type RunHistory } from "./run-history.ts";
export { groupStatistics, runStatistics, type Statistics } from "./statistics.ts";
export { mostFailingSteps, slowestSteps, type StepStatistics, stepStatistics } from "./steps.ts";
export { type Suspect, suspectsOf } from "./suspects.ts";
export { type Grouping, weekOf } from "./unit.ts";
