// How long the command takes to start: CPU time of its process beside that of a Node that runs an empty file, for each
// version of Node that PATH has.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { listen } from "@workflow-runs/msw/node";
import { claim, measured, rounds } from "./claim.ts";
import { median } from "./median.ts";
import { published } from "./published.ts";

const repetitions = rounds(5);
const repository = "octo-org/octo-repo";
const fake = createActionsFake();
for (let run = 0; run < 30; run += 1)
  fake.repository(repository).createRun({ status: "completed" });
const server = await listen(fake);

const folder = mkdtempSync(join(tmpdir(), "workflow-runs-start-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");
const command = join(published("cli"), "dist/bin.js");
const calls = {
  "--version": { args: ["--version"], atMost: 1.5 },
  "--help": { args: ["--help"], atMost: 1.5 },
  "list of 20 runs": { args: ["list", "-R", repository, "--api-url", server.url], atMost: 3 },
};

for (const [version, node] of nodes()) {
  const ratios = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
  const bare: number[] = [];
  // The first round writes what Node keeps of compiled code, and is not measured.
  for (let round = 0; round <= repetitions; round += 1) {
    const base = await cpuTime(node, [empty]);
    if (round > 0) bare.push(base);
    for (const [name, { args }] of Object.entries(calls)) {
      const time = await cpuTime(node, [command, ...args]);
      if (round > 0) ratios.get(name)?.push(time / base);
    }
  }
  const [major] = version.split(".");
  const contest = `CPU time from start to end, Node ${major}`;
  measured({ contest, contender: "an empty file", value: median(bare), unit: "ms" });
  for (const [name, { atMost }] of Object.entries(calls)) {
    const ratio = median(ratios.get(name) ?? []);
    const contender = `@workflow-runs/cli, ${name}`;
    measured({ contest, contender, value: ratio * median(bare), unit: "ms" });
    claim({
      what: `CPU time of \`workflow-runs ${name}\` over an empty file, Node ${major}`,
      value: ratio,
      atMost,
    });
  }
}
await server.close();

/** Node as it runs this, and as PATH has it, one of each major version. */
function nodes(): Map<string, string> {
  const files = [
    process.execPath,
    ...(process.env["PATH"] ?? "").split(delimiter).map((each) => join(each, "node")),
  ].filter((file) => existsSync(file));
  const found = new Map<string, string>();
  for (const file of files) {
    const version = execFileSync(file, ["-p", "process.versions.node"], {
      encoding: "utf8",
    }).trim();
    const major = version.split(".")[0];
    if (![...found.keys()].some((known) => known.split(".")[0] === major)) found.set(version, file);
  }
  return found;
}

/** Milliseconds of CPU that a Node process takes from its start to its end, the mean of some. */
async function cpuTime(node: string, args: readonly string[]): Promise<number> {
  const times = 'i=0; while [ $i -lt 5 ]; do i=$((i+1)); "$@" >/dev/null || exit 1; done; times';
  const child = spawn("sh", ["-c", times, "sh", node, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GITHUB_TOKEN: "a-token" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (part: Buffer) => (text += part.toString()));
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`${node} ${args.join(" ")} failed`);
  // The second line is of what the shell ran: user and system time, such as `0m0.61s 0m0.12s`.
  const [, children = ""] = text.split("\n");
  const seconds = [...children.matchAll(/(?<minutes>\d+)m(?<seconds>[\d.]+)s/g)].map(
    ({ groups }) => Number(groups?.["minutes"]) * 60 + Number(groups?.["seconds"]),
  );
  return (seconds.reduce((sum, each) => sum + each, 0) * 1000) / 5;
}
