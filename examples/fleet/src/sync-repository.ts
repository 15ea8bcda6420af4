import { type Client, NotFoundError, type WorkflowRun } from "@workflow-runs/core";
import { listAllJobs } from "@workflow-runs/core/support";
import { syncRuns } from "@workflow-runs/pagination";
import type { Settings } from "./settings.ts";
import { type Batch, keyOf, type Store } from "./store.ts";

const day = 86_400_000;

/** Brings the copy of one repository up to date. It may be killed at any time, and goes on where the database is. */
export async function syncRepository(
  store: Store,
  github: Client,
  repository: string,
  settings: Pick<Settings, "since" | "attempts" | "jobsDays">,
  signal?: AbortSignal,
): Promise<void> {
  const [owner = "", repo = ""] = repository.split("/");
  let { revision, state } = await store.load(repository);
  await syncRuns(
    github,
    { owner, repo },
    {
      state,
      since: settings.since,
      attempts: settings.attempts,
      signal,
      async onRuns(batch) {
        const jobs = await jobsOf(batch.runs);
        signal?.throwIfAborted();
        revision = await store.save(repository, revision, { ...batch, jobs });
      },
    },
  );

  /** The jobs of runs that have ended, are young enough, and whose jobs were not read yet. */
  async function jobsOf(runs: readonly WorkflowRun[]): Promise<Batch["jobs"]> {
    const oldest = Date.now() - settings.jobsDays * day;
    const young = runs.filter(
      ({ status, created_at }) => status === "completed" && Date.parse(created_at) > oldest,
    );
    const known = await store.withJobs(young);
    const found: { run: WorkflowRun; jobs: Batch["jobs"][number]["jobs"] }[] = [];
    for (const run of young) {
      if (known.has(keyOf(run))) continue;
      const attempt_number = run.run_attempt ?? 1;
      const of = { owner, repo, run_id: run.id, attempt_number };
      try {
        found.push({ run, jobs: await listAllJobs(github, of, { signal }) });
      } catch (error) {
        // A run that was deleted after its page came. Of a repository that is gone the next page says so.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    return found;
  }
}
