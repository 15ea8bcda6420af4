// The fake beside a canned handler, with 100,000 runs, after 100,000 polls, and its start-up beside Prism's.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { listen } from "@workflow-runs/msw/node";
import { claim, measured, rounds } from "./claim.ts";
import { median } from "./median.ts";

const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";

async function cpuOf(
  door: (url: string) => Promise<Response>,
  url: string,
  times: number,
): Promise<number> {
  const start = process.cpuUsage();
  for (let count = 0; count < times; count += 1) await (await door(url)).text();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / times;
}

async function onePage(): Promise<void> {
  const fake = createActionsFake({ clock: () => Date.parse("2026-11-01T10:00:00Z") });
  fake.repository("octo-org/octo-repo").createRuns(1000);
  const page = await (await fake.fetch(runs)).json();
  const canned = async (): Promise<Response> =>
    Response.json(page, { headers: { link: "<https://api.github.com>" } });
  const [ours, theirs, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds(12, 3); round += 1) {
    const [our, their] = [await cpuOf(fake.fetch, runs, 150), await cpuOf(canned, runs, 150)];
    fake.requests.length = 0;
    // The first two warm up.
    if (round < 2) continue;
    ours.push(our);
    theirs.push(their);
    ratios.push(our / their);
  }
  const contest = "a page of 30 runs, CPU time";
  measured({ contest, contender: "@workflow-runs/msw", value: median(ours), unit: "µs" });
  measured({ contest, contender: "a canned handler", value: median(theirs), unit: "µs" });
  claim({
    what: "CPU of a page of 30 runs over a canned handler's",
    value: median(ratios),
    atMost: 1.5,
  });
}

async function manyRuns(): Promise<void> {
  const collect = globalThis.gc as () => void;
  collect();
  const before = process.memoryUsage();
  const fake = createActionsFake();
  fake.repository("octo-org/octo-repo").createRuns(
    100_000,
    (index) => ({
      branch: index % 3 === 0 ? "main" : `feature-${index % 50}`,
      workflow: index % 2 === 0 ? "ci.yml" : "release.yml",
    }),
    { every: 60_000 },
  );
  const first = `${runs}?per_page=100`;
  // Past 40,000 GitHub gives no page: the last one that can be had.
  const last = `${first}&page=400`;
  await (await fake.fetch(first)).text();
  collect();
  const after = process.memoryUsage();
  const used = after.heapUsed + after.external - before.heapUsed - before.external;
  claim({ what: "memory of 100,000 runs", value: used / 2 ** 20, unit: "MiB", atMost: 100 });
  const ratios: number[] = [];
  for (let round = 0; round < rounds(8, 3); round += 1) {
    const early = await cpuOf(fake.fetch, first, 20);
    const late = await cpuOf(fake.fetch, last, 20);
    if (round >= 2) ratios.push(late / early);
  }
  claim({
    what: "CPU of the last page over the first's, of 100,000 runs",
    value: median(ratios),
    atMost: 1.2,
  });
}

/** A client of its own process, which asks for a run again and again on connections that it keeps. */
const poller = `
  const [url, times] = process.argv.slice(1);
  const { Agent, get } = require("node:http");
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let left = Number(times);
  const headers = { authorization: "Bearer ghp_poller" };
  const next = () => {
    if (left-- <= 0) return;
    get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) throw new Error("a poll was answered " + response.statusCode);
      response.resume().on("end", next);
    });
  };
  for (let client = 0; client < 4; client += 1) next();
`;

/** What a served fake holds after 100,000 polls that it did not hold before. */
async function polled(): Promise<void> {
  const collect = globalThis.gc as () => void;
  const fake = createActionsFake({ tokens: { ghp_poller: { rate_limit: 1_000_000 } } });
  const { id } = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
  await using server = await listen(fake);
  const url = `${server.url}/repos/octo-org/octo-repo/actions/runs/${id}`;
  const heapAfter = async (times: number): Promise<number> => {
    const client = spawn(process.execPath, ["--eval", poller, url, String(times)]);
    const code = await new Promise((done) => client.on("close", done));
    if (code !== 0) throw new Error("a poll failed");
    collect();
    return process.memoryUsage().heapUsed;
  };
  // The record of the newest 10,000 requests is full first.
  const before = await heapAfter(rounds(15_000, 500));
  const grown = (await heapAfter(rounds(100_000, 500))) - before;
  const what = "growth of a served fake's memory over 100,000 polls";
  claim({ what, value: grown / 2 ** 20, unit: "MiB", atMost: 2 });
}

/** CPU seconds from the start of a server until its first answer, by the shell's own clock. */
async function startUp(command: string, args: readonly string[], url: string): Promise<number> {
  const script = `"$@" & p=$!; until curl -sf -o /dev/null "${url}"; do sleep 0.05; done; read -r s < /proc/$p/stat; kill $p; echo "$s" | cut -d' ' -f14,15`;
  const { stdout } = spawnSync("bash", ["-c", script, "bash", command, ...args], {
    encoding: "utf8",
  });
  const ticks = stdout.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}

async function besidePrism(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prism-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const install = [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "@stoplight/prism-cli@5.16.0",
    ];
    await new Promise((done) =>
      spawn("npm", install, { cwd: folder, stdio: "ignore" }).on("close", done),
    );
    const require = createRequire(import.meta.url);
    const fragment = require.resolve("@workflow-runs/openapi-types/fragments/github.json");
    const bin = join(require.resolve("@workflow-runs/msw/package.json"), "../src/node/bin.ts");
    const path = "/repos/octo-org/octo-repo/actions/runs";
    const prism = join(folder, "node_modules/@stoplight/prism-cli/dist/index.js");
    const ours = await startUp(
      process.execPath,
      [bin, "--port", "4811"],
      `http://127.0.0.1:4811${path}`,
    );
    const theirs = await startUp(
      process.execPath,
      [prism, "mock", "-p", "4812", fragment],
      `http://127.0.0.1:4812${path}`,
    );
    const contest = "start to first response, CPU time";
    measured({ contest, contender: "@workflow-runs/msw", value: ours, unit: "s" });
    measured({ contest, contender: "Prism's mock", value: theirs, unit: "s" });
    claim({ what: "CPU until the first answer over Prism's", value: ours / theirs, atMost: 0.5 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await manyRuns();
await onePage();
await polled();
await besidePrism();
