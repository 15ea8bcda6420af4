export type {
  components,
  Deployment,
  EnvironmentApproval,
  Job,
  operations,
  paths,
  PendingDeployment,
  Workflow,
  WorkflowRun,
  WorkflowRunUsage,
} from "./github.gen.ts";
