// `pnpm bench` runs every benchmark, `pnpm bench core logs` those; each in a process of its own.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { cpus } from "node:os";

const suffix = ".bench.ts";
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((topic) => !all.includes(topic));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}`);
for (const topic of asked.length > 0 ? asked : all) {
  console.log(`\n# ${topic}`);
  const { status } = spawnSync(
    process.execPath,
    ["--expose-gc", `${import.meta.dirname}/${topic}${suffix}`],
    { stdio: "inherit" },
  );
  if (status !== 0) process.exitCode = 1;
}
