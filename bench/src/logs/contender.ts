// One way to read an archive, in a process of its own: contender WAY FILE BASE-URL. Prints one line of JSON.
import { createClient } from "@workflow-runs/core";
import { openRunLogs } from "@workflow-runs/logs/node";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { countLines } from "./count-lines.ts";

const [way, file, baseUrl] = process.argv.slice(2) as [string, string, string];

const ways: Record<string, () => Promise<number>> = {
  async counted() {
    await using logs = await openRunLogs(file, { split: false });
    let lines = 0;
    for (const entry of logs.entries)
      for await (const bytes of entry.bytes()) lines += countLines(bytes);
    return lines;
  },
  async parsed() {
    await using logs = await openRunLogs(file, { split: false });
    let lines = 0;
    for (const job of logs.jobs)
      for await (const batch of job.lines().batches()) lines += batch.length;
    return lines;
  },
  async lines() {
    // The documented way: over HTTP, with the API's jobs, split into their steps.
    await using logs = await openRunLogs(createClient({ baseUrl }), {
      owner: "o",
      repo: "r",
      run_id: 1,
    });
    let lines = 0;
    for (const job of logs.jobs) for await (const line of job.lines()) if (line.step) lines++;
    return lines;
  },
  async yauzl() {
    const zip: ZipFile = await openPromise(file, { lazyEntries: true });
    let lines = 0;
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>)
      for await (const bytes of await zip.openReadStreamPromise(entry))
        lines += countLines(bytes as Buffer);
    return lines;
  },
};

const before = process.resourceUsage();
const start = performance.now();
const lines = await (ways[way] as () => Promise<number>)();
const after = process.resourceUsage();
console.log(
  JSON.stringify({
    lines,
    seconds: (performance.now() - start) / 1000,
    cpu:
      (after.userCPUTime - before.userCPUTime + after.systemCPUTime - before.systemCPUTime) / 1e6,
    peak: after.maxRSS / 1024,
  }),
);
