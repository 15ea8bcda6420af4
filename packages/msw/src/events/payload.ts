import type { components, Job, WorkflowRun } from "@workflow-runs/openapi-types";
import { oneOf } from "../input/check.ts";
import { jobBody } from "../responses/job.ts";
import { repositoryBody } from "../responses/repository.ts";
import { runBody } from "../responses/run.ts";
import { nodeId } from "../responses/node-id.ts";
import { isoDate, type FakeUrls } from "../responses/urls.ts";
import { userBody } from "../responses/user.ts";
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

/** The workflow of a `workflow_run` event. */
export interface EventWorkflow {
  id: number;
  node_id: string;
  name: string;
  path: string;
  state: string;
  created_at: string;
  updated_at: string;
  url: string;
  html_url: string;
  badge_url: string;
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
  workflow: EventWorkflow;
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
    const body = runBody(run, attempt, state, repository, urls);
    return {
      action: change.action,
      workflow_run: body,
      workflow: eventWorkflow(body, repository, urls),
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
      : { deployment: deployment(run, job.id, environment, repository, urls) }),
    ...common,
  };
}

function eventWorkflow(
  run: WorkflowRun,
  { owner, name, defaultBranch, createdAt }: RepositoryRecord & { createdAt?: number },
  urls: FakeUrls,
): EventWorkflow {
  const date = isoDate(createdAt ?? Date.parse("2026-01-01T00:00:00Z")).replace("Z", ".000Z");
  const html = `${urls.html}/${owner}/${name}`;
  const title = run.name ?? run.path;
  return {
    id: run.workflow_id,
    node_id: nodeId("Workflow", run.repository.id, run.workflow_id),
    name: title,
    path: run.path,
    state: "active",
    created_at: date,
    updated_at: date,
    url: run.workflow_url,
    html_url: `${html}/blob/${defaultBranch}/${run.path}`,
    badge_url: `${html}/workflows/${encodeURIComponent(title)}/badge.svg`,
  };
}

function eventRepository(repository: RepositoryRecord, urls: FakeUrls): EventRepository {
  const body = repositoryBody(repository, urls);
  const fullName = body.full_name;
  const date = "2026-01-01T00:00:00Z";
  const { host } = new URL(urls.html);
  return {
    ...body,
    name: repository.name,
    default_branch: repository.defaultBranch,
    owner: userBody(repository.owner, urls, "Organization"),
    created_at: date,
    updated_at: date,
    pushed_at: date,
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    clone_url: `${urls.html}/${fullName}.git`,
    svn_url: `${urls.html}/${fullName}`,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: 0,
    watchers: 0,
    custom_properties: {},
  };
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

function deployment(
  run: RunRecord,
  jobId: number,
  environment: { id: number; name: string },
  repository: RepositoryRecord,
  urls: FakeUrls,
): Record<string, unknown> {
  const id = environment.id + (jobId % 1_000_000);
  const url = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  const at = isoDate(run.createdAt);
  return {
    url: `${url}/deployments/${id}`,
    id,
    node_id: nodeId("Deployment", repository.id, id),
    task: "deploy",
    original_environment: environment.name,
    environment: environment.name,
    description: null,
    created_at: at,
    updated_at: at,
    statuses_url: `${url}/deployments/${id}/statuses`,
    repository_url: url,
    creator: userBody(run.actor, urls),
    sha: run.headSha,
    ref: run.branch ?? repository.defaultBranch,
    payload: {},
    transient_environment: false,
    production_environment: environment.name === "production",
    performed_via_github_app: null,
  };
}
