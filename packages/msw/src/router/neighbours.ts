import type { Reply } from "../responses/reply.ts";
import { isoDate, nodeId, type FakeUrls } from "../responses/urls.ts";
import type { Caller } from "../rules/access.ts";
import { pageOf } from "../rules/page.ts";
import { runState } from "../rules/run-state.ts";
import { jobsPerRun } from "../rules/timeline.ts";
import type { RepositoryRecord, WorkflowRecord } from "../state/records.ts";
import type { Limits } from "../state/limits.ts";
import type { Store } from "../state/store.ts";
import { below, findRepository } from "./locate.ts";

/** What a neighbouring path is answered from. */
export interface NeighbourCall {
  request: Request;
  url: URL;
  urls: FakeUrls;
  store: Store;
  limits: Limits;
  caller: Caller;
  now: number;
}

/**
 * The few paths beside the description's operations that clients ask on their way, `gh run` above
 * all: workflows, artifacts, annotations, the rate limit, and GHES's `meta`.
 */
export function neighbour(call: NeighbourCall): Reply | undefined {
  const { request, url, urls, store } = call;
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const pathname = below(url, urls.api) ?? "";
  if (pathname === "/rate_limit") return rateLimit(call);
  if (pathname === "/meta")
    return { status: 200, body: { verifiable_password_authentication: false } };
  const match = /^\/repos\/([^/]+)\/([^/]+)\/(.+)$/.exec(pathname);
  if (match === null) return undefined;
  const [, owner = "", repo = "", rest = ""] = match;
  const found = findRepository(store, { path: { owner, repo } });
  if (found === undefined || (found.repository.private && call.caller.anonymous)) return undefined;
  const { repository } = found;
  if (rest === "actions/workflows") return workflows(call, repository);
  const workflow = /^actions\/workflows\/([^/]+)$/.exec(rest)?.[1];
  if (workflow !== undefined) {
    const record = repository.workflows.find(
      ({ id, path }) =>
        String(id) === workflow || path.endsWith(`/${decodeURIComponent(workflow)}`),
    );
    return record && { status: 200, body: workflowBody(record, repository, urls) };
  }
  if (/^actions\/runs\/\d+\/artifacts$/.test(rest)) {
    return { status: 200, body: { total_count: 0, artifacts: [] } };
  }
  const checkRun = /^check-runs\/(\d+)\/annotations$/.exec(rest)?.[1];
  return checkRun === undefined ? undefined : annotations(call, repository, Number(checkRun));
}

function rateLimit({ limits, caller, now }: NeighbourCall): Reply {
  const { limit, used, resetAt } = limits.budget(caller.key, caller.rateLimit, now);
  const core = {
    limit,
    used,
    remaining: Math.max(0, limit - used),
    reset: Math.ceil(resetAt / 1000),
  };
  return { status: 200, body: { resources: { core }, rate: core } };
}

function workflows({ url, urls }: NeighbourCall, repository: RepositoryRecord): Reply {
  const page = pageOf(url.searchParams, repository.workflows.length);
  const listed = repository.workflows.slice(page.start, page.end);
  return {
    status: 200,
    body: {
      total_count: repository.workflows.length,
      workflows: listed.map((workflow) => workflowBody(workflow, repository, urls)),
    },
  };
}

function workflowBody(
  workflow: WorkflowRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): object {
  const name = `${repository.owner}/${repository.name}`;
  const created = isoDate(Date.parse("2026-01-01T00:00:00Z"));
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: "active",
    created_at: created,
    updated_at: created,
    url: `${urls.api}/repos/${name}/actions/workflows/${workflow.id}`,
    html_url: `${urls.html}/${name}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${urls.html}/${name}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** What a failed job leaves on its check run. */
function annotations(
  { store, now }: NeighbourCall,
  repository: RepositoryRecord,
  id: number,
): Reply | undefined {
  const run = store.run(Math.floor(id / jobsPerRun));
  if (run === undefined || run.repositoryId !== repository.id) return undefined;
  const job = run.attempts
    .flatMap(({ number }) => runState(run, number, repository.environments, now).jobs)
    .find((candidate) => candidate.id === id);
  const failed =
    job?.completedAt !== undefined && job.completedAt <= now && job.conclusion === "failure";
  return {
    status: 200,
    body: failed
      ? [
          {
            path: ".github",
            start_line: 1,
            end_line: 1,
            start_column: null,
            end_column: null,
            annotation_level: "failure",
            title: "",
            message: "Process completed with exit code 1.",
            raw_details: "",
            blob_href: "",
          },
        ]
      : [],
  };
}
