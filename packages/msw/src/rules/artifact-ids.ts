import { firstJobId, jobIdsPerRun } from "./job-ids.ts";

/** How many artifact ids a run has for itself. */
export const artifactIdsPerRun = 256;

/** Artifact ids have 10 digits, as GitHub's have. */
const firstArtifactId = 1_000_000_000;

/** The id of a run's n-th artifact; the run's jobs say which block of ids is its own. */
export function artifactId(run: { firstJobId: number }, index: number): number {
  const block = (run.firstJobId - firstJobId) / jobIdsPerRun;
  return firstArtifactId + block * artifactIdsPerRun + index;
}

/** Which run's artifact that is, by the id of its first job, and which of them. */
export function readArtifactId(id: number): { firstJobId: number; index: number } {
  const index = (id - firstArtifactId) % artifactIdsPerRun;
  const block = (id - firstArtifactId - index) / artifactIdsPerRun;
  return { firstJobId: firstJobId + block * jobIdsPerRun, index };
}
