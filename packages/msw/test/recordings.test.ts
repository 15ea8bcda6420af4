import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  createActionsFake,
  type ActionsFake,
  type RecordedJobBody,
  type RecordedRunBody,
  type RunInit,
  type Snapshot,
} from "../src/index.ts";

// Real exchanges with GitHub, read in place where they are at hand. What matters of them is proved
// without them too, by scenarios.test.ts.
const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"];
const folder = fixtures === undefined ? undefined : `${fixtures}/recordings/hub4j/`;
const name = "hub4j-test-org/GHWorkflowRunTest";

interface Exchange {
  request: { url: string; method: string };
  response: {
    status: number;
    headers: Record<string, string>;
    body?: string;
    bodyFileName?: string;
  };
}

interface ListBody {
  total_count: number;
  workflow_runs: RecordedRunBody[];
}

/** The exchanges of one recording in their order, without those of other parts of the API. */
function exchanges(scenario: string): Exchange[] {
  return globSync(`${folder}${scenario}/mappings/*.json`)
    .map((path): [number, Exchange] => [
      Number(/(\d+)-[^/]*$/.exec(path)?.[1]),
      JSON.parse(readFileSync(path, "utf8")) as Exchange,
    ])
    .toSorted(([a], [b]) => a - b)
    .map(([, exchange]) => exchange)
    .filter(({ request }) =>
      /\/actions\/(runs|jobs)(\/(?!\d+\/artifacts)|\?|$)|\/workflows\/[^/]+\/runs/.test(
        request.url,
      ),
    );
}

function bodyOf(scenario: string, { response }: Exchange): unknown {
  if (response.bodyFileName !== undefined) {
    // Some bodies were left out for their size.
    const path = `${folder}${scenario}.body.${response.bodyFileName}`;
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as unknown) : undefined;
  }
  return response.body ? JSON.parse(response.body) : undefined;
}

/** The status and the headers that a client acts on. */
function meaning(status: number, headers: Headers, api: string): Record<string, unknown> {
  const location = headers.get("location");
  return {
    status,
    // The repository's id is not known to every recording.
    link: headers.get("link")?.replaceAll(/repositories\/\d+/g, "repositories/ID"),
    etag: headers.has("etag") ? (headers.get("etag") ?? "").startsWith("W/") : undefined,
    elsewhere: location === null ? undefined : new URL(location).origin !== new URL(api).origin,
    limit: headers.get("x-ratelimit-limit"),
    counted: ["used", "remaining", "reset"].every((part) => headers.has(`x-ratelimit-${part}`)),
    type: headers.get("content-type")?.replaceAll(" ", ""),
  };
}

/** Every field of the recorded body is there, and of the same kind. */
function expectShape(ours: unknown, recorded: unknown, path = ""): void {
  if (recorded === undefined || recorded === null || ours === null) return;
  const kind = (value: unknown): string =>
    `${path} ${Array.isArray(value) ? "array" : typeof value}`;
  expect(kind(ours)).toBe(kind(recorded));
  if (typeof recorded !== "object") return;
  for (const [key, value] of Object.entries(recorded)) {
    const own = (ours as Record<string, unknown>)[key];
    if (Array.isArray(recorded)) expectShape((ours as unknown[])[0], value, `${path}[]`);
    else expectShape(own, value, `${path}.${key}`);
  }
}

async function replay(fake: ActionsFake, scenario: string, exchange: Exchange): Promise<unknown> {
  const { request, response } = exchange;
  const body = request.method === "POST" ? { body: "{}" } : {};
  const ours = await fake.fetch(fake.baseUrl + request.url, {
    method: request.method,
    redirect: "manual",
    ...body,
  });
  const recorded = meaning(response.status, new Headers(response.headers), fake.baseUrl);
  // Some of the recordings were made by hand and lack GitHub's headers.
  const handmade = recorded["limit"] === null;
  const expected = handmade ? { status: response.status } : recorded;
  expect(
    meaning(ours.status, ours.headers, fake.baseUrl),
    `${request.method} ${request.url}`,
  ).toMatchObject(expected);
  const data: unknown =
    ours.headers.get("content-type")?.includes("json") === true ? await ours.json() : undefined;
  expectShape(data, bodyOf(scenario, exchange), request.url);
  return data;
}

function fakeAt(exchange: Exchange, options: { anonymous?: boolean } = {}): ActionsFake {
  const date = exchange.response.headers["Date"];
  const now = date === undefined ? Date.parse("2022-01-01T00:00:00Z") : Date.parse(date);
  return createActionsFake({
    clock: () => now,
    onInvalidRequest: "error",
    ...(options.anonymous === true ? { tokens: {} } : {}),
  });
}

/** Loads what a list held, and older runs like them up to the list's total. */
function loadList(fake: ActionsFake, scenario: string, exchange: Exchange): RecordedRunBody[] {
  const list = bodyOf(scenario, exchange) as ListBody | undefined;
  const query = new URL(exchange.request.url, fake.baseUrl).searchParams;
  const runs = list?.workflow_runs ?? [];
  fake.load({ workflow_runs: runs });
  const oldest = Math.min(fake.now(), ...runs.map((run) => Date.parse(run.created_at)));
  const lastPage = Number(
    /page=(\d+)>; rel="last"/.exec(exchange.response.headers["Link"] ?? "")?.[1] ?? 1,
  );
  const total = list?.total_count ?? lastPage * Number(query.get("per_page") ?? 30);
  const like: RunInit = {
    branch: query.get("branch") ?? "main",
    event: query.get("event") ?? "push",
    ...(query.get("head_sha") === null ? {} : { head_sha: query.get("head_sha") as string }),
  };
  fake.repository(name).createRuns(total - runs.length, like, { newest: oldest - 86_400_000 });
  return runs;
}

/** A run of which only the id is known. */
function bareRun(id: number, at: string): RecordedRunBody {
  return {
    id,
    status: "completed",
    conclusion: "success",
    created_at: at,
    updated_at: at,
    run_number: 1,
    event: "workflow_dispatch",
    head_sha: "c7bd3b8db871bbde8629275631ea645622ae89d7",
    head_branch: "main",
    url: `https://api.github.com/repos/${name}/actions/runs/${id}`,
  };
}

const scenarios =
  folder !== undefined && existsSync(folder)
    ? [
        ...new Set(globSync(`${folder}*/mappings`).map((path) => path.split("/").at(-2) as string)),
      ].toSorted()
    : [];

describe.skipIf(scenarios.length === 0)("real exchanges (in WORKFLOW_RUNS_FIXTURES)", () => {
  const lists = scenarios.flatMap((scenario) =>
    exchanges(scenario)
      .filter(({ request }) => /\/runs(\?|$)/.test(request.url))
      .map((exchange): [string, Exchange] => [scenario, exchange]),
  );

  test.for(lists)("%s: a list is answered as it was", async ([scenario, exchange]) => {
    const fake = fakeAt(exchange, {
      anonymous: exchange.response.headers["X-RateLimit-Limit"] === "60",
    });
    const runs = loadList(fake, scenario, exchange);
    fake.restore(JSON.parse(JSON.stringify(fake.snapshot())) as Snapshot);
    const ours = (await replay(fake, scenario, exchange)) as ListBody;
    expect(ours.workflow_runs.slice(0, runs.length)).toMatchObject(runs);
  });

  test.for(["testCancelAndRerun", "testForceCancel"])(
    "%s: cancelled, then run again",
    async (scenario) => {
      const [, running, ...rest] = exchanges(scenario);
      const fake = fakeAt(running as Exchange);
      const [run] = loadList(fake, scenario, running as Exchange);
      const seen: unknown[] = [];
      for (const exchange of rest) {
        await replay(fake, scenario, exchange);
        fake.advance("5s");
        const { status, conclusion } = fake.repository(name).run(run?.id as number)?.data ?? {};
        seen.push(`${exchange.request.url.replace(/.*\/\d+/, "")} ${status} ${conclusion}`);
      }
      const cancel = scenario === "testCancelAndRerun" ? "/cancel" : "/force-cancel";
      const again = ["/rerun in_progress null", "/cancel completed cancelled"];
      expect(seen).toEqual([
        `${cancel} completed cancelled`,
        " completed cancelled",
        ...(scenario === "testCancelAndRerun" ? again : []),
      ]);
    },
  );

  test("testDelete: gone after it was deleted", async () => {
    const [, , ...rest] = exchanges("testDelete");
    const fake = fakeAt(rest[0] as Exchange);
    const id = Number(/runs\/(\d+)/.exec(rest[0]?.request.url ?? "")?.[1]);
    fake.load({ workflow_runs: [bareRun(id, "2021-03-25T09:36:45Z")] });
    for (const exchange of rest) await replay(fake, "testDelete", exchange);
    expect(rest.map(({ response }) => response.status)).toEqual([204, 404]);
  });

  test("testLogs: found, deleted, not found", async () => {
    const [, , ...rest] = exchanges("testLogs");
    const fake = fakeAt(rest[0] as Exchange);
    const run_id = Number(/runs\/(\d+)/.exec(rest[0]?.request.url ?? "")?.[1]);
    const times = { started_at: "2021-04-02T10:48:30Z", completed_at: "2021-04-02T10:48:40Z" };
    const outcome = { status: "completed" as const, conclusion: "success" as const };
    const steps = [{ name: "Run a one-line script", number: 1, ...outcome, ...times }];
    fake.load({
      workflow_runs: [bareRun(run_id, times.started_at)],
      jobs: [{ id: 1, run_id, name: "build", ...outcome, ...times, steps }],
    });
    for (const exchange of rest) await replay(fake, "testLogs", exchange);
    expect(rest.map(({ response }) => response.status)).toEqual([302, 204, 404]);
  });

  test("testJobs: listed, one by one, and their logs", async () => {
    const [, , ...rest] = exchanges("testJobs");
    const fake = fakeAt(rest[0] as Exchange);
    const recorded = rest.map(
      (exchange) => bodyOf("testJobs", exchange) as { jobs?: RecordedJobBody[] } | undefined,
    );
    const jobs = recorded.find((body) => body?.jobs !== undefined)?.jobs ?? [];
    const run_id = jobs[0]?.run_id as number;
    fake.load({ workflow_runs: [bareRun(run_id, "2021-04-05T15:42:50Z")], jobs });
    for (const [index, exchange] of rest.entries()) {
      const data = await replay(fake, "testJobs", exchange);
      expect(data ?? {}).toMatchObject(recorded[index] ?? {});
    }
    expect(rest.map(({ response }) => response.status)).toEqual([200, 302, 302, 200, 200]);
  });

  test("testRerunVariants: all jobs, or those that failed", async () => {
    const [first, ...rest] = exchanges("testRerunVariants");
    const fake = fakeAt(first as Exchange);
    const run = fake.repository(name).createRun({ status: "completed", conclusion: "failure" });
    const recordedId = /runs\/(\d+)/.exec(first?.request.url ?? "")?.[1] ?? "";
    for (const exchange of [first as Exchange, ...rest]) {
      const url = exchange.request.url.replace(recordedId, String(run.id));
      await replay(fake, "testRerunVariants", {
        ...exchange,
        request: { ...exchange.request, url },
      });
      fake.advance("5m");
    }
    expect(run.data.run_attempt).toBe(rest.length + 1);
  });
});
