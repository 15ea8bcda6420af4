import type { JobTimes } from "./job-times.ts";

/** What GitHub and the runner write on the check run of a job that did not end well. */
export function annotationsOf(job: JobTimes, now: number): string[] {
  const { plan, conclusion } = job;
  if (job.completedAt > now) return [];
  if (plan.lostRunner) {
    return plan.runnerName.startsWith("GitHub Actions")
      ? [
          "The hosted runner lost communication with the server. Anything in your workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network access can cause this error.",
        ]
      : [
          `The self-hosted runner lost communication with the server. Verify the machine is running and has a healthy network connection. Anything in your workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network access can cause this error.`,
        ];
  }
  if (conclusion === "failure" && job.steps.length > 0) {
    return ["Process completed with exit code 1."];
  }
  if (conclusion !== "cancelled") return [];
  const { timeoutSeconds } = plan;
  const late =
    timeoutSeconds !== undefined && job.completedAt === job.startedAt + timeoutSeconds * 1000;
  return [
    ...(late
      ? [
          `The job running on runner ${plan.runnerName} has exceeded the maximum execution time of ${timeoutSeconds / 60} minutes.`,
        ]
      : []),
    "The operation was canceled.",
  ];
}
