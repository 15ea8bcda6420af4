export type {
  components,
  Deployment,
  EnvironmentApproval,
  Job,
  operations,
  paths,
  PendingDeployment,
  WorkflowRun,
  WorkflowRunUsage,
} from "./github.gen.ts";
