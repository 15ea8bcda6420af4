import { archiveFacts } from "../archives/artifact-archive.ts";
import { logUrl } from "../archives/log-url.ts";
import { artifactBody, expiryOf } from "../responses/artifact.ts";
import type { Reply } from "../responses/reply.ts";
import { artifactId, readArtifactId } from "../rules/artifact-ids.ts";
import { pageOf } from "../rules/page.ts";
import type { ArtifactRecord, RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findRun, notFound, pathNumber, refuse, stateOf } from "./found.ts";

/** An artifact that is there, and since when. */
interface Found {
  run: RunRecord;
  artifact: ArtifactRecord;
  index: number;
  createdAt: number;
}

/** `actions/list-workflow-run-artifacts` */
export async function listWorkflowRunArtifacts(call: RepositoryRequest): Promise<Reply> {
  const run = findRun(call);
  return run === undefined ? notFound(call) : list(call, artifactsOf(call, run));
}

/** `actions/list-artifacts-for-repo`, newest first */
export async function listArtifactsForRepo(call: RepositoryRequest): Promise<Reply> {
  const { store, repository } = call;
  const all = store
    .runIds(repository.id)
    .flatMap((id) => artifactsOf(call, store.run(id) as RunRecord).toReversed());
  return list(call, all);
}

/** `actions/get-artifact` */
export async function getArtifact(call: RepositoryRequest): Promise<Reply> {
  const found = findArtifact(call);
  return found === undefined ? notFound(call) : { status: 200, body: await bodyOf(call, found) };
}

/** `actions/delete-artifact` */
export function deleteArtifact(call: RepositoryRequest): Reply {
  const found = findArtifact(call);
  if (found === undefined) return notFound(call);
  found.artifact.deleted = true;
  call.store.keep(found.run);
  return { status: 204 };
}

/** `actions/download-artifact`: to the storage, where the zip is. */
export function downloadArtifact(call: RepositoryRequest): Reply {
  const found = findArtifact(call);
  if (found === undefined || call.path["archive_format"] !== "zip") return notFound(call);
  const { artifact, createdAt, run, index } = found;
  if (expiryOf(artifact, createdAt) <= call.now) {
    return refuse(call, { status: 410, message: "Artifact has expired" });
  }
  const path = `artifacts/${artifactId(run, index)}/artifact.zip`;
  return {
    status: 302,
    headers: {
      location: logUrl(call.urls.logs, path, call.now),
      "content-type": "text/html;charset=utf-8",
    },
  };
}

/** The run's artifacts of attempts that are over, without those that were deleted. */
function artifactsOf(call: RepositoryRequest, run: RunRecord): Found[] {
  if (run.artifacts.length === 0) return [];
  return run.artifacts.flatMap((artifact, index) => {
    const { attempt, deleted } = artifact;
    if (deleted || run.attempts[attempt - 1] === undefined) return [];
    const state = stateOf(call, run, attempt);
    return state.status === "completed"
      ? [{ run, artifact, index, createdAt: state.completedAt }]
      : [];
  });
}

function findArtifact(call: RepositoryRequest): Found | undefined {
  const id = pathNumber(call, "artifact_id");
  if (id === undefined) return undefined;
  const { firstJobId, index } = readArtifactId(id);
  const run = call.store.runOfJob(firstJobId);
  if (run === undefined || run.repositoryId !== call.repository.id) return undefined;
  return artifactsOf(call, run).find((found) => found.index === index);
}

async function list(call: RepositoryRequest, found: readonly Found[]): Promise<Reply> {
  const name = call.url.searchParams.get("name");
  const matched = name ? found.filter(({ artifact }) => artifact.name === name) : found;
  const ordered =
    call.url.searchParams.get("direction") === "desc" ? matched.toReversed() : matched;
  const page = pageOf(call.url.searchParams, ordered.length);
  const artifacts = await Promise.all(
    ordered.slice(page.start, page.end).map((one) => bodyOf(call, one)),
  );
  return { status: 200, body: { total_count: ordered.length, artifacts }, page };
}

async function bodyOf(
  { repository, urls, now }: RepositoryRequest,
  { run, artifact, index, createdAt }: Found,
): Promise<object> {
  const archive = await archiveFacts(artifact);
  return artifactBody(artifact, archive, index, run, createdAt, repository, urls, now);
}
