import type { components, Job, Workflow, WorkflowRun } from "@workflow-runs/openapi-types";
import { oneOf } from "../input/check.ts";
import { deploymentBody } from "../responses/deployment.ts";
import { fullRepositoryBody } from "../responses/full-repository.ts";
import { jobBody } from "../responses/job.ts";
import { runBody } from "../responses/run.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { userBody } from "../responses/user.ts";
import { workflowBody } from "../responses/workflow.ts";
import { runState } from "../rules/run-state.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import type { Change, JobAction, RunAction } from "./changes.ts";

type User = components["schemas"]["simple-user"];

/** The repository of an event, which says more than that of a run. */
export interface EventRepository extends Record<string, unknown> {
  id: number;
  name: string;
  full_name: string;
  private: boolean;
  default_branch: string;
  owner: User;
}

interface EventCommon {
  repository: EventRepository;
  sender: User;
  organization: {
    login: string;
    id: number;
    node_id: string;
    url: string;
    description: string | null;
  } & Record<string, unknown>;
}

/**
 * A run was requested, began or ended.
 *
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
export interface WorkflowRunEvent extends EventCommon {
  action: RunAction;
  workflow_run: WorkflowRun;
  workflow: Workflow;
}

/**
 * A job was queued, waits for an approval, began or ended.
 *
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_job
 */
export interface WorkflowJobEvent extends EventCommon {
  action: JobAction;
  workflow_job: Job;
  /** There when the job deploys to an environment. */
  deployment?: Record<string, unknown>;
}

/** The payload of each event, by its name. */
export interface Events {
  workflow_run: WorkflowRunEvent;
  workflow_job: WorkflowJobEvent;
}

export const eventName = oneOf<keyof Events>({ workflow_run: true, workflow_job: true });

/** Makes the payload of a change as things were when it came. */
export function payloadOf(
  run: RunRecord,
  change: Change,
  repository: RepositoryRecord,
  urls: FakeUrls,
): WorkflowRunEvent | WorkflowJobEvent {
  const { at, attempt } = change;
  const state = runState(run, attempt, repository.environments, at);
  const by = run.attempts[attempt - 1]?.triggeringActor ?? run.actor;
  const common: EventCommon = {
    repository: eventRepository(repository, urls),
    organization: organization(repository.owner, urls),
    sender: userBody(by, urls),
  };
  if (change.event === "workflow_run") {
    const workflow = repository.workflows.find(({ path }) => path === run.workflowPath);
    if (workflow === undefined) throw new ReferenceError(`run ${run.id} has no workflow`);
    return {
      action: change.action,
      workflow_run: runBody(run, attempt, state, repository, urls),
      workflow: workflowBody(workflow, repository, urls),
      ...common,
    };
  }
  const job = state.jobs.find(({ id }) => id === change.jobId);
  if (job === undefined) throw new ReferenceError(`run ${run.id} has no job ${change.jobId}`);
  const environment = repository.environments.find(({ name }) => name === job.plan.environment);
  return {
    action: change.action,
    workflow_job: jobBody(job, run, attempt, repository, urls, at),
    ...(environment === undefined
      ? {}
      : {
          deployment: {
            ...deploymentBody(environment, run, attempt, repository, urls, job.createdAt),
            performed_via_github_app: null,
          },
        }),
    ...common,
  };
}

function eventRepository(repository: RepositoryRecord, urls: FakeUrls): EventRepository {
  // Events still have what API version 2026-03-10 has dropped.
  const body = fullRepositoryBody(repository, urls, undefined, true);
  return { ...body, custom_properties: {} };
}

function organization(login: string, urls: FakeUrls): EventCommon["organization"] {
  const { id, node_id, avatar_url } = userBody(login, urls, "Organization");
  const url = `${urls.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url,
    description: null,
  };
}
