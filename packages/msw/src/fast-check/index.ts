export {
  jobs,
  runs,
  steps,
  worlds,
  type RunsConstraints,
  type WorldsConstraints,
} from "./arbitraries.ts";
