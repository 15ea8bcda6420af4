import type { Deployment } from "@workflow-runs/openapi-types";
import { seeded } from "../rules/seeded.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { nodeId } from "./node-id.ts";
import { isoDate, type FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** The deployment of a run's attempt to an environment, as reviews and events of jobs have it. */
export function deploymentBody(
  environment: { name: string },
  run: RunRecord,
  attempt: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
  at: number,
): Deployment {
  const id = 1 + (seeded("deployment", run.id, attempt, environment.name) % 2_000_000_000);
  const base = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  return {
    url: `${base}/deployments/${id}`,
    id,
    node_id: nodeId("Deployment", repository.id, id),
    task: "deploy",
    original_environment: environment.name,
    environment: environment.name,
    description: null,
    created_at: isoDate(at),
    updated_at: isoDate(at),
    statuses_url: `${base}/deployments/${id}/statuses`,
    repository_url: base,
    creator: userBody(run.actor, urls),
    sha: run.headSha,
    ref: run.branch ?? repository.defaultBranch,
    payload: {},
    transient_environment: false,
    production_environment: environment.name === "production",
  };
}
