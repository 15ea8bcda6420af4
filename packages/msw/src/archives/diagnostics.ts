import type { JobTimes } from "../rules/job-times.ts";
import type { ZipEntry } from "./zip.ts";

/** What a runner with debug logging leaves of a job: the archive inside the archive. */
export function* diagnosticEntries(job: JobTimes): Generator<ZipEntry> {
  const stamp = new Date(job.startedAt)
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[-:]/g, "")
    .replace("T", "-");
  yield {
    name: `Runner_${stamp}-utc.log`,
    content: () =>
      lines(job.queuedAt, "Listener", [
        "Listening for Jobs",
        `Running job: ${job.plan.name}`,
        `Job ${job.plan.name} completed with result: ${job.conclusion}`,
      ]),
  };
  yield {
    name: `Worker_${stamp}-utc.log`,
    content: () =>
      lines(job.startedAt, "Worker", [
        "Version: 2.331.0",
        ...job.steps.map(({ name }) => `Processing step: DisplayName='${name}'`),
        "Job completed.",
      ]),
  };
}

function lines(at: number, source: string, texts: readonly string[]): Uint8Array[] {
  const when = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  return [
    new TextEncoder().encode(texts.map((text) => `[${when}Z INFO ${source}] ${text}\n`).join("")),
  ];
}
