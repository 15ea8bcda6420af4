export {
  createActionsFake,
  type ActionsFake,
  type ActionsFakeOptions,
  type RepositoryInit,
  type Snapshot,
} from "./authoring/create-fake.ts";
export type { FakeRepository, SpreadInit } from "./authoring/repository-handle.ts";
export type { FakeRun } from "./authoring/run-handle.ts";
export type {
  EnvironmentInit,
  JobInit,
  LogsInit,
  Moment,
  RunInit,
  StepInit,
} from "./authoring/run-init.ts";
export type { Duration } from "./rules/duration.ts";
export type {
  JobConclusion,
  LogEra,
  PerAttempt,
  RunConclusion,
  RunStatus,
} from "./state/records.ts";
