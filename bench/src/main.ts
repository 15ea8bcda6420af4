// `pnpm bench` runs every benchmark, `pnpm bench core logs` those; each in a process of its own. `--write` runs each
// three times and writes RESULTS.md; `--smoke` judges nothing, and proves only that they run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Measured } from "./claim.ts";
import { resultsPage } from "./results.ts";

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
const rounds = flags.write === true ? 3 : 1;
const folder = mkdtempSync(join(tmpdir(), "workflow-runs-bench-"));
const file = join(folder, "results.jsonl");
writeFileSync(file, "");
console.log(`Node ${process.version}, ${cpu}`);
for (const topic of positionals.length > 0 ? positionals : all) {
  console.log(`\n# ${topic}`);
  for (let round = 0; round < rounds; round += 1) {
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
    if (status !== 0 && flags.write !== true) process.exitCode = 1;
  }
}

const measured = readFileSync(file, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Measured);
rmSync(folder, { recursive: true });
if (flags.write === true) {
  const machine = {
    node: process.version,
    cpu,
    date: new Date().toISOString().slice(0, 10),
    rounds,
  };
  writeFileSync(join(import.meta.dirname, "../RESULTS.md"), resultsPage(measured, machine));
}
