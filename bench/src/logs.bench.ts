// Log archives as GitHub makes them (deflate, sizes behind the data): CPU time beside `unzip -p | wc -l` and
// yauzl, each in a process of its own, the best of some rounds taken in turn; peak memory; bytes over the network.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@workflow-runs/core";
import { openRunLogs } from "@workflow-runs/logs";
import { buildSync } from "esbuild";
import { claim, measured, rounds } from "./claim.ts";
import { pack, type PackedEntry, writeArchive } from "./logs/archive-file.ts";
import { jobLog, logText } from "./logs/log-text.ts";
import { serveArchive } from "./logs/storage-server.ts";

const execute = promisify(execFile);
const times = rounds(3);
const folder = mkdtempSync(join(tmpdir(), "logs-bench-"));
const contenders: Readonly<Record<string, string>> = {
  counted: "@workflow-runs/logs, lines counted",
  parsed: "@workflow-runs/logs, batches of parsed lines",
  lines: "@workflow-runs/logs, for await (const line of …) with steps, over HTTP",
  yauzl: "yauzl, not checked",
  unzip: "unzip -p, wc -l",
};

try {
  // As published: JavaScript, without Node's type stripping, whose WebAssembly takes 30 MB.
  const contender = join(folder, "contender.mjs");
  buildSync({
    entryPoints: [join(import.meta.dirname, "logs/contender.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outfile: contender,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const jobs = (count: number, size: number): { entries: PackedEntry[]; api: object[] } => {
    const logs = [1, 2, 3].map((seed) => {
      const { text, steps } = jobLog(size, seed);
      return { steps, packed: pack(text) };
    });
    const indices = Array.from({ length: count }, (_, index) => index);
    const logOf = (index: number) => logs[index % logs.length] as (typeof logs)[0];
    return {
      entries: indices.map((index) => ({
        name: `${index}_job ${index}.txt`,
        ...logOf(index).packed,
      })),
      api: indices.map((index) => ({
        id: index + 1,
        name: `job ${index}`,
        status: "completed",
        conclusion: "success",
        started_at: logOf(index).steps[0]?.started_at,
        completed_at: logOf(index).steps.at(-1)?.completed_at,
        steps: logOf(index).steps,
      })),
    };
  };

  // What is kept does not grow with the archive. How much garbage waits differs from run to run: over HTTP the
  // allocator keeps a part of it, and in ten seconds V8 may double its young generation.
  // A log of more than 8 MB, which real ones hardly ever are, is unpacked twice.
  for (const { label, count, each, memory, lines } of [
    {
      label: "300 MB",
      count: rounds(60),
      each: 5e6,
      memory: { counted: 150, parsed: 150, lines: 150 },
      lines: 0.5,
    },
    {
      label: "300 MB in 12 logs",
      count: rounds(12),
      each: 25e6,
      memory: { counted: 150, parsed: 150, lines: 150 },
      lines: 0.4,
    },
    {
      label: "1.2 GB",
      count: rounds(240),
      each: 5e6,
      memory: { counted: 180, parsed: 180, lines: 280 },
      lines: 0.5,
    },
  ]) {
    const file = join(folder, `${label}.zip`);
    const { entries, api } = jobs(count, each);
    const size = writeArchive(file, entries);
    console.log(`${label} of log text in ${(size / 1e6).toFixed(0)} MB`);
    const server = await serveArchive(file, api);
    const best = await race(
      contender,
      [file, server.baseUrl],
      ["counted", "parsed", "lines", "yauzl", "unzip"],
      label === "1.2 GB" ? times : times * 2,
    ).finally(() => server.close());
    report(best, `${label} of log text`);
    claim({
      what: `${label}: read, checked and counted, speed over unzip -p | wc -l`,
      value: best.unzip.cpu / best.counted.cpu,
      atLeast: 1.3,
    });
    claim({
      what: `${label}: read, checked and counted, speed over yauzl (which does not check)`,
      value: best.yauzl.cpu / best.counted.cpu,
      atLeast: 1.2,
    });
    claim({
      what: `${label}: parsed lines, speed over unzip -p | wc -l`,
      value: best.unzip.cpu / best.parsed.cpu,
      // Of 300 MB, what the process takes to start and to warm up is a third.
      atLeast: label === "1.2 GB" ? 0.9 : 0.7,
    });
    claim({
      what: `${label}: for await (const line of …) with steps, over HTTP, speed over unzip -p | wc -l of the file`,
      value: best.unzip.cpu / best.lines.cpu,
      atLeast: lines,
    });
    for (const way of ["counted", "parsed", "lines"] as const)
      claim({
        what: `${label}: peak memory, ${way}`,
        value: best[way].peak,
        unit: "MB",
        atMost: memory[way],
      });
  }

  const small = pack(logText(2000, 5));
  const many = join(folder, "many.zip");
  writeArchive(
    many,
    Array.from({ length: 5000 }, (_, index) => ({ name: `job/${index}_step.txt`, ...small })),
  );
  const best = await race(contender, [many], ["counted", "yauzl"], times * 2);
  report(best, "5,000 small entries");
  claim({
    what: "5,000 small entries, CPU time over yauzl's",
    value: best.counted.cpu / best.yauzl.cpu,
    atMost: 0.5,
  });

  await oneStep(join(folder, "step.zip"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Usage {
  lines: number;
  cpu: number;
  peak: number;
}

/** The best of each, in rounds, one after the other, so that a busy machine is busy for all. */
async function race<Way extends string>(
  contender: string,
  archive: readonly string[],
  ways: readonly Way[],
  repetitions = times,
): Promise<Record<Way, Usage>> {
  const best = new Map<Way, Usage>();
  for (let round = 0; round < repetitions; round++)
    for (const way of ways) {
      const result =
        way === "unzip"
          ? await unzip(archive[0] as string)
          : await run([contender, way, ...archive]);
      const before = best.get(way);
      best.set(way, {
        lines: result.lines,
        cpu: Math.min(result.cpu, before?.cpu ?? Infinity),
        peak: Math.max(result.peak, before?.peak ?? 0),
      });
    }
  if (new Set([...best.values()].map(({ lines }) => lines)).size !== 1)
    throw new Error(`the contenders count different lines: ${JSON.stringify([...best])}`);
  return Object.fromEntries(best) as Record<Way, Usage>;
}

async function run(programAndArguments: readonly string[]): Promise<Usage> {
  const { stdout } = await execute(process.execPath, [...programAndArguments]);
  return JSON.parse(stdout) as Usage;
}

async function unzip(file: string): Promise<Usage> {
  const { stdout: output } = await execute("bash", ["-c", 'unzip -p "$0" | wc -l; times', file]);
  const [lines, , children = ""] = output.trim().split("\n");
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
  return { lines: Number(lines), cpu, peak: 0 };
}

function report(best: Record<string, Usage>, contest: string): void {
  for (const [way, { cpu, peak }] of Object.entries(best)) {
    const contender = contenders[way]!;
    measured({ contest: `${contest}, CPU time`, contender, value: cpu, unit: "s" });
    if (peak > 0)
      measured({ contest: `${contest}, peak memory`, contender, value: peak, unit: "MB" });
  }
}

/** One failing step out of 60 MB that cannot be packed, from a server that counts what it sends. */
async function oneStep(file: string): Promise<void> {
  const noise = (bytes: number): Buffer => randomBytes(bytes);
  const stepNames = ["Set up job", "Build", "Test"];
  const size = writeArchive(
    file,
    Array.from({ length: 30 }, (_, index) => [
      { name: `${index}_job ${index}.txt`, ...pack(noise(1e6)) },
      ...stepNames.map((step, at) => ({
        name: `job ${index}/${at + 1}_${step}.txt`,
        ...pack(at === 2 ? logText(5e5, index + 1) : noise(5e5)),
      })),
    ]).flat(),
  );
  const steps = stepNames.map((name, at) => ({
    number: at + 1,
    name,
    status: "completed",
    conclusion: at === 2 ? "failure" : "success",
  }));
  const server = await serveArchive(
    file,
    Array.from({ length: 30 }, (_, id) => ({
      id,
      name: `job ${id}`,
      status: "completed",
      conclusion: id === 17 ? "failure" : "success",
      started_at: "2026-01-01T00:00:00Z",
      steps,
    })),
  );
  try {
    let received = 0;
    const logs = await openRunLogs(
      createClient({ baseUrl: server.baseUrl }),
      { owner: "o", repo: "r", run_id: 1 },
      { onProgress: (progress) => ({ received } = progress) },
    );
    let lines = 0;
    for await (const failure of logs.failures()) lines += failure.lines.length;
    if (lines === 0) throw new Error("the failing step has no lines");
    console.log(
      `  ${(size / 1e6).toFixed(0)} MB archive, ${received} bytes read, ${server.sent()} sent`,
    );
    claim({
      what: "one step of a 60 MB archive, share of its bytes read",
      value: (received / size) * 100,
      unit: "%",
      atMost: 5,
    });
  } finally {
    server.close();
  }
}
