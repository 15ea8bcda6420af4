import type { ArchiveFacts } from "../archives/artifact-archive.ts";
import { artifactId } from "../rules/artifact-ids.ts";
import type { ArtifactRecord, RepositoryRecord, RunRecord } from "../state/records.ts";
import { isoDate, type FakeUrls } from "./urls.ts";

/** How long GitHub keeps an artifact unless a repository says otherwise. */
const lifetime = 90 * 86_400_000;

/** When an artifact expires, in ms since 1970. */
export function expiryOf({ expiresAt }: ArtifactRecord, createdAt: number): number {
  return expiresAt ?? createdAt + lifetime;
}

/** An artifact as `actions/get-artifact` gives it. */
export function artifactBody(
  artifact: ArtifactRecord,
  archive: ArchiveFacts,
  index: number,
  run: RunRecord,
  createdAt: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
  now: number,
): object {
  const id = artifactId(run, index);
  const url = `${urls.api}/repos/${repository.owner}/${repository.name}/actions/artifacts/${id}`;
  const expiresAt = expiryOf(artifact, createdAt);
  return {
    id,
    // Artifacts kept their old node ids.
    node_id: btoa(`08:Artifact${id}`),
    name: artifact.name,
    size_in_bytes: archive.size,
    digest: archive.digest,
    url,
    archive_download_url: `${url}/zip`,
    expired: expiresAt <= now,
    created_at: isoDate(createdAt),
    updated_at: isoDate(createdAt),
    expires_at: isoDate(expiresAt),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.branch,
      head_sha: run.headSha,
    },
  };
}
