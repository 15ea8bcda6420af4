// What a call costs beside openapi-fetch on its own and others: CPU time of this process, the server being another one.
import { fork } from "node:child_process";
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Octokit as OctokitCore } from "@octokit/core";
import { createClient } from "@workflow-runs/core";
import { Octokit } from "octokit";
import createOpenapiFetch from "openapi-fetch";
import { claim, measured, rounds } from "./claim.ts";
import { median } from "./median.ts";

const server = fork(`${import.meta.dirname}/core-server.ts`);
const [{ url: baseUrl, page, single }] = (await once(server, "message")) as [
  { url: string; page: number; single: number },
];
const auth = "ghp_of_nobody";
const headers = {
  accept: "application/vnd.github+json",
  authorization: `Bearer ${auth}`,
  "x-github-api-version": "2026-03-10",
};
const ours = createClient({ auth, baseUrl });
const openapi = createOpenapiFetch({ baseUrl, headers });
const octokitCore = new OctokitCore({ auth, baseUrl });
const octokit = new Octokit({ auth, baseUrl });

const repository = { owner: "octo-org", repo: "octo-repo" };
const run = { ...repository, run_id: 30_433_642 };
const list = "/repos/{owner}/{repo}/actions/runs";
const get = `${list}/{run_id}`;

type Contender = () => Promise<unknown>;
const contests: {
  what: string;
  calls: number;
  atMost: number;
  contenders: Record<string, Contender>;
}[] = [
  {
    what: `30-run page (${Math.round(page / 1024)} kB)`,
    calls: 20,
    atMost: 1.1,
    contenders: {
      "raw fetch": async () =>
        (await fetch(`${baseUrl}/repos/octo-org/octo-repo/actions/runs`, { headers })).json(),
      "raw fetch with a time-out": async () =>
        (
          await fetch(`${baseUrl}/repos/octo-org/octo-repo/actions/runs`, {
            headers,
            signal: AbortSignal.timeout(30_000),
          })
        ).json(),
      "@workflow-runs/core": () => ours.listWorkflowRunsForRepo(repository),
      "openapi-fetch": () => openapi.GET(list as never, { params: { path: repository } } as never),
      "@octokit/core": () => octokitCore.request(`GET ${list}`, repository),
      octokit: () => octokit.rest.actions.listWorkflowRunsForRepo(repository),
    },
  },
  {
    what: `single run (${Math.round(single / 1024)} kB)`,
    calls: 100,
    atMost: 1.2,
    contenders: {
      "raw fetch": async () =>
        (
          await fetch(`${baseUrl}/repos/octo-org/octo-repo/actions/runs/30433642`, { headers })
        ).json(),
      "raw fetch with a time-out": async () =>
        (
          await fetch(`${baseUrl}/repos/octo-org/octo-repo/actions/runs/30433642`, {
            headers,
            signal: AbortSignal.timeout(30_000),
          })
        ).json(),
      "@workflow-runs/core": () => ours.getWorkflowRun(run),
      "openapi-fetch": () => openapi.GET(get as never, { params: { path: run } } as never),
      "@octokit/core": () => octokitCore.request(`GET ${get}`, run),
      octokit: () => octokit.rest.actions.getWorkflowRun(run),
    },
  },
];

// Nobody is to sweep up what the contender before left; what is left within so many calls is one's own.
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as (options: { type: "minor" }) => void;

// What a long-lived process runs: V8 compiles the last of it after some 12,000 calls.
const warmUp = rounds(150, 1);
const repetitions = rounds(250, 2);
for (const { what, calls, atMost, contenders } of contests) {
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
  for (let round = 0; round < repetitions; round++)
    // In another order each time, because each leaves its garbage and its cold caches to the next.
    for (const [name, call] of shuffled(Object.entries(contenders))) {
      // octokit's own limiter makes a call take 15 ms: fewer of them tell as much.
      const repeat = name === "octokit" ? Math.ceil(calls / 10) : calls;
      await call();
      collectGarbage({ type: "minor" });
      const before = process.cpuUsage();
      for (let times = 0; times < repeat; times++) await call();
      const { user, system } = process.cpuUsage(before);
      if (round >= warmUp) times.get(name)?.push((user + system) / repeat);
    }
  const base = times.get("openapi-fetch") ?? [];
  // A round's times are compared with each other, so that a machine that is slow for a while is so for all.
  const ratio = (samples: number[]): number =>
    median(samples.map((time, round) => time / (base[round] ?? Number.NaN)));
  for (const [name, samples] of times)
    measured({
      contest: `CPU time of a call, ${what}`,
      contender: name,
      value: median(samples),
      unit: "µs",
    });
  claim({
    what: `CPU time of a call over openapi-fetch alone, ${what}`,
    value: ratio(times.get("@workflow-runs/core") ?? []),
    atMost,
  });
}
server.kill();

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((entry) => ({ entry, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
}
