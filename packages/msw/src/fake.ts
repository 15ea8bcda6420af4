export { createActionsFake } from "./authoring/create-fake.ts";
export type { ActionsFake } from "./authoring/actions-fake.ts";
export type { ActionsFakeOptions, BranchInit, RepositoryInit } from "./authoring/options.ts";
export type { Snapshot } from "./state/snapshot.ts";
export {
  explore,
  type BrokenRun,
  type Exploration,
  type ExploreCall,
  type ExploreOptions,
} from "./explore/explore.ts";
export type { ExploreFault } from "./explore/faults.ts";
export type { FakeRepository } from "./authoring/repository-handle.ts";
export {
  applySeed,
  type SeedFile,
  type SeedRepository,
  type SeedRun,
} from "./authoring/seed-file.ts";
export { InvalidInputError } from "./input/refusal.ts";
export type { Moment } from "./input/text-forms.ts";
export { presets, type Presets } from "./authoring/presets.ts";
export type {
  LoadableBody,
  RecordedExchange,
  RecordedFile,
  RecordedJobBody,
  RecordedPayload,
  RecordedResponse,
  RecordedRunBody,
  Recording,
} from "./authoring/recorded-bodies.ts";
export type { FakeRun } from "./authoring/run-handle.ts";
export type { PushInit } from "./authoring/start-run.ts";
export type { FakeWorkflow, WorkflowInit, WorkflowOn } from "./authoring/workflow-handle.ts";
export type {
  ArtifactInit,
  EnvironmentInit,
  JobInit,
  LogsInit,
  RunInit,
  SpreadInit,
  StepInit,
} from "./authoring/run-init.ts";
export type { JobAction, RunAction } from "./events/changes.ts";
export type { DeliverOptions, Delivery, Webhook } from "./events/delivery.ts";
export type {
  EventRepository,
  Events,
  WorkflowJobEvent,
  WorkflowRunEvent,
} from "./events/payload.ts";
export type {
  Artifact,
  Branch,
  CheckRun,
  CheckSuite,
  PullRequest,
} from "./description/neighbours.gen.ts";
export type { HandledCall } from "./router/handled.ts";
export type { RecordedRequest } from "./router/requests.ts";
export type { FakeUrls } from "./responses/urls.ts";
export type { HandledRoute } from "./rules/route-name.ts";
export type { OperationName as FakeOperationName } from "./rules/operation-name.ts";
export type { NeighbourName, RouteName } from "./rules/route-name.ts";
export type { PermissionLevel, TokenInit } from "./rules/access.ts";
export type { Fault, FaultTarget } from "./rules/fault.ts";
export type { LimitInit } from "./state/limits.ts";
export type { Duration } from "./rules/duration.ts";
export type {
  JobConclusion,
  LogLayout,
  PerAttempt,
  RunConclusion,
  RunStatus,
  WorkflowInput,
} from "./state/records.ts";
