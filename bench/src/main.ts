// `pnpm bench` runs every benchmark, `pnpm bench core logs` those; each in a process of its own. `--write` runs each
// three times and writes the results, their charts and the tables of the READMEs; `--smoke` judges nothing, does less,
// and proves only that they run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Result } from "./claim.ts";
import { readResults, writeResults } from "./results-files.ts";

const suffix = ".bench.ts";
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" }, smoke: { type: "boolean" } },
});
const unknown = positionals.filter((topic) => !all.includes(topic));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}`);
  process.exit(2);
}

const cpu = `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}`;
const runs = flags.write === true ? 3 : 1;
const folder = mkdtempSync(join(tmpdir(), "workflow-runs-bench-"));
const file = join(folder, "results.jsonl");
// There, also when no benchmark comes as far as a result.
writeFileSync(file, "");
console.log(`Node ${process.version}, ${cpu}`);
const topics = positionals.length > 0 ? positionals : all;
const broken: string[] = [];
for (const topic of topics) {
  for (let run = 0; run < runs; run += 1) {
    console.log(`\n# ${topic}`);
    const { status } = spawnSync(
      process.execPath,
      ["--expose-gc", `${import.meta.dirname}/${topic}${suffix}`],
      {
        stdio: "inherit",
        env: {
          ...process.env,
          BENCH_RESULTS: file,
          BENCH_TOPIC: topic,
          BENCH_SMOKE: flags.smoke === true ? "1" : "",
        },
      },
    );
    if (status !== 0) broken.push(topic);
  }
}
const results = readFileSync(file, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Result);
rmSync(folder, { recursive: true });

if (broken.length > 0) {
  console.error(`not all claims of ${[...new Set(broken)].join(", ")} hold in each run`);
  process.exitCode = 1;
}
if (flags.write === true) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cpu, date, runs };
  // What was not measured now, or ended before its first result, stands as it was.
  const fresh = topics.filter((topic) => results.some((result) => result.topic === topic));
  const before = readResults();
  const kept = before.results.filter(({ topic }) => !fresh.includes(topic));
  const now = Object.fromEntries(fresh.map((topic) => [topic, machine]));
  writeResults({ machines: { ...before.machines, ...now }, results: [...kept, ...results] });
  spawnSync("oxfmt", { stdio: "inherit", cwd: join(import.meta.dirname, "../..") });
}
