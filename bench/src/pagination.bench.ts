// 20 pages of 100 runs of 10 kB beside octokit.paginate, far and near; and the memory of a long iteration.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Octokit } from "@octokit/rest";
import { createClient } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";
import { claim, measured, rounds } from "./claim.ts";

const repository = { owner: "octo-org", repo: "octo-repo" };
const list = "listWorkflowRunsForRepo";
const pages = 20;
const ours = (concurrency: number): string =>
  `@workflow-runs/pagination, concurrency ${concurrency}`;

async function serve(...options: number[]): Promise<{ server: ChildProcess; baseUrl: string }> {
  const server = fork(`${import.meta.dirname}/pagination-server.ts`, options.map(String));
  const [baseUrl] = (await once(server, "message")) as [string];
  return { server, baseUrl };
}

/** Least wall time (what the network gives) and least CPU time, in milliseconds, over some rounds. */
async function race(
  contenders: Record<string, () => Promise<number>>,
  times: number,
): Promise<Map<string, { wall: number; cpu: number }>> {
  const best = new Map<string, { wall: number; cpu: number }>();
  for (let round = 0; round < times; round++)
    for (const [name, run] of Object.entries(contenders)) {
      const [cpuBefore, before] = [process.cpuUsage(), performance.now()];
      const count = await run();
      const wall = performance.now() - before;
      const { user, system } = process.cpuUsage(cpuBefore);
      if (count !== pages * 100) throw new Error(`${name} found ${count} runs`);
      const so_far = best.get(name) ?? { wall: Infinity, cpu: Infinity };
      best.set(name, {
        wall: Math.min(so_far.wall, wall),
        cpu: Math.min(so_far.cpu, (user + system) / 1000),
      });
    }
  return best;
}

for (const { latency, concurrencies, times } of [
  { latency: 50, concurrencies: [1, 3, 4, 8], times: 5 },
  { latency: 0, concurrencies: [3], times: 8 },
]) {
  const { server, baseUrl } = await serve(pages * 100, 10_000, latency);
  const github = createClient({ baseUrl });
  const octokit = new Octokit({ baseUrl });
  const results = await race(
    {
      "octokit.paginate": async () =>
        (
          await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, {
            ...repository,
            per_page: 100,
          })
        ).length,
      ...Object.fromEntries(
        concurrencies.map((concurrency) => [
          ours(concurrency),
          async () => (await paginate(github, list, repository, { concurrency }).toArray()).length,
        ]),
      ),
      // Octokit stops at 1,000 of these; so this is beside its list without a filter.
      [`${ours(4)}, a search`]: async () =>
        (
          await paginate(
            github,
            list,
            { ...repository, branch: "main" },
            { concurrency: 4 },
          ).toArray()
        ).length,
    },
    rounds(times),
  );
  server.kill();
  const octokits = results.get("octokit.paginate") as { wall: number; cpu: number };
  for (const [name, { wall, cpu }] of results) {
    const contest = `${pages} pages at ${latency} ms`;
    measured({ contest: `${contest}, time`, contender: name, value: wall, unit: "ms" });
    measured({ contest: `${contest}, CPU time`, contender: name, value: cpu, unit: "ms" });
  }
  const faster = (concurrency: number): number =>
    octokits.wall / (results.get(ours(concurrency))?.wall ?? Number.NaN);
  if (latency > 0) {
    for (const [concurrency, atLeast] of [
      [3, 2.2],
      [4, 3],
      [8, 3.2],
    ] as const)
      claim({
        what: `speed over octokit.paginate, ${pages} pages at ${latency} ms, concurrency ${concurrency}`,
        value: faster(concurrency),
        atLeast,
      });
  } else {
    claim({
      what: `CPU time over octokit.paginate, ${pages} pages, no latency`,
      value: (results.get(ours(3))?.cpu ?? Number.NaN) / octokits.cpu,
      atMost: 1,
    });
    claim({
      what: `wall time over octokit.paginate, ${pages} pages, no latency`,
      value: 1 / faster(3),
      atMost: 1,
    });
  }
}

// How many responses one waits for, one after the other, whatever each takes.
for (const concurrency of [1, 3, 4, 8]) {
  const { server, baseUrl } = await serve(pages * 100, 500, 0);
  let trips = 0;
  let gathered: (() => void)[] = [];
  const github = createClient({
    baseUrl,
    middleware: [
      async (request, next) => {
        // All that is sent before anything comes back travels together.
        await new Promise<void>((resolve) => {
          gathered.push(resolve);
          if (gathered.length === 1)
            setTimeout(() => {
              trips++;
              const [together, rest] = [gathered, []];
              gathered = rest;
              for (const send of together) send();
            }, 100);
        });
        return next(request);
      },
    ],
  });
  const found = await paginate(github, list, repository, { concurrency }).toArray();
  server.kill();
  if (found.length !== pages * 100) throw new Error(`found ${found.length} runs`);
  const ideal = 1 + Math.ceil((pages - 1) / concurrency);
  claim({
    what: `round trips over the ideal ${ideal}, concurrency ${concurrency}`,
    value: trips / ideal,
    atMost: 1.2,
  });
}

{
  const runs = rounds(100_000, 2000);
  const { server, baseUrl } = await serve(runs, 1000, 0);
  const github = createClient({ baseUrl });
  const heap: number[] = [];
  let count = 0;
  for await (const _run of paginate(github, list, repository))
    if (++count % (runs / 10) === 0) {
      globalThis.gc?.();
      heap.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
  server.kill();
  if (count !== runs) throw new Error(`found ${count} runs`);
  console.log(`       heap every 10,000 runs: ${heap.map((mb) => mb.toFixed(1)).join(", ")} MB`);
  claim({
    what: "heap after 100,000 runs over after 20,000",
    value: (heap.at(-1) ?? Number.NaN) / (heap[1] ?? Number.NaN),
    atMost: 1.1,
  });
}
