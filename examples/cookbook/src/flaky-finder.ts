import type { Client, Job } from "@workflow-runs/core";
import { listAllJobs } from "@workflow-runs/core/support";
import { paginate } from "@workflow-runs/pagination";

/** A job that failed and then passed on the same commit. */
export interface FlakyJob {
  readonly name: string;
  readonly step: string;
  /** URL of each job that failed and passed later. */
  readonly failures: string[];
}

/** Jobs that failed in one attempt and passed in a later one of the same run, most failures first. */
export async function flakyJobs(
  github: Client,
  where: { owner: string; repo: string },
  since: Date,
): Promise<FlakyJob[]> {
  const flaky = new Map<string, FlakyJob>();
  const created = `>=${since.toISOString()}`;
  for await (const run of paginate(github, "listWorkflowRunsForRepo", { ...where, created })) {
    const last = run.run_attempt ?? 1;
    // A run that passed at once says nothing, and neither does one that never passed.
    if (last === 1 || run.conclusion !== "success") continue;
    for (let attempt_number = 1; attempt_number < last; attempt_number += 1) {
      const jobs = await listAllJobs(github, { ...where, run_id: run.id, attempt_number });
      for (const job of jobs.filter(({ conclusion }) => conclusion === "failure")) {
        const step = failingStep(job);
        const key = `${job.name} › ${step}`;
        const entry = flaky.get(key) ?? { name: job.name, step, failures: [] };
        flaky.set(key, entry);
        entry.failures.push(job.html_url ?? `job ${job.id}`);
      }
    }
  }
  return [...flaky.values()].toSorted((a, b) => b.failures.length - a.failures.length);
}

function failingStep({ steps = [] }: Job): string {
  return steps.find(({ conclusion }) => conclusion === "failure")?.name ?? "(no step)";
}
