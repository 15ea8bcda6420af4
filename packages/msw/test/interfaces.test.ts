import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, type FakeServer } from "../src/node/index.ts";
import { allRoutes } from "../src/router/routes.ts";
import { artifactId } from "../src/rules/artifact-ids.ts";
import { createActionsFake, type ActionsFake, type FakeRepository } from "../src/index.ts";
import { start } from "./set-up.ts";
import { checkResponse, isDescribed } from "./validation.ts";

interface Asked {
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
  /** Without a token. */
  nobody?: boolean;
}

/** What a client can tell of an answer, without where the interface is. */
interface Seen {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const repository = "octo-org/octo-repo";
const handled = "POST /repos/:owner/:repo/topics";

function prepared(baseUrl: string): {
  fake: ActionsFake;
  problems: string[];
  repository: FakeRepository;
} {
  const problems: string[] = [];
  const fake = createActionsFake({
    baseUrl,
    clock: () => start,
    onInvalidRequest: (problem) => problems.push(problem),
    tokens: { ghp_mona: { login: "mona" }, ghs_reader: { permissions: { actions: "read" } } },
  });
  const made = fake.repository(repository);
  made.createRun({
    status: "completed",
    conclusion: "failure",
    jobs: [{ name: "build", conclusion: "failure" }, { name: "test" }],
    pull_requests: [1],
    artifacts: [{ name: "report", files: { "a.txt": "a" } }],
  });
  const environment = { name: "production", reviewers: ["mona"], protection_rule: true };
  made.createRun({ jobs: [{ name: "ship", environment }] });
  made.createRun({ status: "in_progress" });
  made.createRun({ approval: "required" });
  made.workflow("deploy.yml", { on: { workflow_dispatch: true } });
  fake.handle(handled, ({ path, body, login, repository: own }) =>
    Response.json({ path, body, login, id: own.id }, { status: 201, headers: { "x-own": "1" } }),
  );
  return { fake, problems, repository: made };
}

/** A request for a route, about the first run, its jobs, and what else is there. */
function requestFor(route: ReturnType<typeof allRoutes>[number], of: FakeRepository): Asked {
  const [over, waiting, running, held] = [1, 2, 3, 4].map((index) =>
    of.run(16_000_000_000 + index),
  );
  const about = (...words: string[]): boolean => words.some((word) => route.id.includes(word));
  const run = about("deployment", "pending", "gates")
    ? waiting
    : about("cancel")
      ? running
      : about("approve")
        ? held
        : over;
  const job = run?.jobs[0];
  const [owner = "", repo = ""] = of.fullName.split("/");
  const known: Record<string, string | number | undefined> = {
    owner,
    repo,
    run_id: run?.id,
    attempt_number: 1,
    job_id: job?.id,
    check_run_id: job?.id,
    check_suite_id: run?.data.check_suite_id ?? 1,
    workflow_id: about("dispatch") ? "deploy.yml" : "ci.yml",
    artifact_id: artifactId({ firstJobId: over?.jobs[0]?.id ?? 0 }, 0),
    ref: "main",
    branch: "main",
    archive_format: "zip",
    username: "mona",
  };
  const values: Record<string, unknown> = {
    state: "approved",
    comment: "",
    environment_ids: [of.id + 161_088_068],
    environment_name: "production",
    ref: "main",
    query: "query { viewer { login } }",
  };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? 1));
  const body = Object.fromEntries(
    // Of the two bodies that a gate's review may have, the one that says more.
    (about("gates") ? ["environment_name", "state"] : route.requiredBodyProperties).map((name) => [
      name,
      values[name] ?? 1,
    ]),
  );
  const sends = Object.keys(body).length > 0;
  return {
    method: route.method.toUpperCase(),
    path,
    ...(sends ? { body: JSON.stringify(body) } : {}),
  };
}

/** Whether a tag is weak, without which it is. */
function tagForm(tag: string): string {
  return tag.replace(/"[^"]+"$/, '"…"');
}

const baseUrls = ["https://api.github.com", "https://ghe.test/api/v3"];

describe.for(baseUrls)("the three interfaces of %s", (baseUrl) => {
  const interfaces = {
    fetch: prepared(baseUrl),
    handlers: prepared(baseUrl),
    server: prepared(baseUrl),
  };
  const { origin, pathname } = new URL(baseUrl);
  const snapshot = interfaces.fetch.fake.snapshot();
  const interceptor = setupServer(...interfaces.handlers.fake.handlers());
  let server: FakeServer;

  beforeAll(async () => {
    server = await listen(interfaces.server.fake);
    interceptor.listen({ onUnhandledFrame: "bypass" });
  });
  afterAll(async () => {
    interceptor.close();
    await server.close();
  });

  const baseOf = (via: keyof typeof interfaces): string =>
    via === "server" ? server.url + pathname.replace(/\/$/, "") : baseUrl;

  async function ask(
    via: keyof typeof interfaces,
    { method, path, body, headers: more, nobody }: Asked,
  ): Promise<Seen> {
    const response = await (via === "fetch" ? interfaces.fetch.fake.fetch : fetch)(
      baseOf(via) + path,
      {
        method,
        redirect: "manual",
        headers: {
          ...(nobody === true ? {} : { authorization: "Bearer ghp_mona" }),
          "user-agent": "interfaces",
          ...more,
        },
        ...(body === undefined ? {} : { body }),
      },
    );
    const here = (text: string): string =>
      [
        server.url,
        server.url.replace("127.0.0.1", "localhost"),
        origin,
        "https://github.com",
        "https://productionresultssa0.blob.core.windows.net",
      ].reduce(
        (known, one) =>
          known
            .replaceAll(one, "https://here.test")
            .replaceAll(/(git:\/\/|git@)[\w.]+(?::\d+)?(?=[/:])/g, "$1here.test"),
        text,
      );
    // What Node's server adds by itself.
    const own = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);
    const headers = Object.fromEntries(
      [...response.headers]
        .filter(([name]) => !own.has(name) && (name !== "date" || method !== "OPTIONS"))
        // A tag is of the body, in which the interface's own URLs stand.
        .map(([name, value]) => [name, name === "etag" ? tagForm(value) : here(value)]),
    );
    return { status: response.status, headers, body: here(await response.text()) };
  }

  async function everywhere(asked: Asked): Promise<Seen> {
    for (const { fake, problems } of Object.values(interfaces)) {
      fake.restore(snapshot);
      fake.requests.length = 0;
      problems.length = 0;
    }
    const seen = await ask("fetch", asked);
    expect(await ask("handlers", asked), "MSW's handlers").toEqual(seen);
    expect(await ask("server", asked), "the server").toEqual(seen);
    const records = Object.values(interfaces).map(({ fake, problems }) => ({
      problems,
      requests: fake.requests.map(({ operation, path, query, body, status }) => ({
        operation,
        path,
        query,
        body,
        status,
      })),
    }));
    expect(records[1]).toEqual(records[0]);
    expect(records[2]).toEqual(records[0]);
    return seen;
  }

  const routes = allRoutes().map((route): [string, typeof route] => [route.name, route]);

  const answered: [name: string, status: number][] = [];

  test.for(routes)("answer %s alike", async ([name, route]) => {
    interfaces.fetch.fake.restore(snapshot);
    const { status, headers, body } = await everywhere(
      requestFor(route, interfaces.fetch.repository),
    );
    answered.push([name, status]);
    if (isDescribed(name) && status !== 302) {
      checkResponse(
        name,
        status,
        body === "" ? undefined : JSON.parse(body),
        headers["x-github-api-version-selected"],
      );
    }
    expect(status).toBeLessThan(500);
    expect(interfaces.fetch.fake.requests).toMatchObject([{ operation: name, status }]);
  });

  // So that what is held against the description is more than refusals.
  test("were asked what GitHub would do", () => {
    expect(answered).toHaveLength(routes.length);
    expect(answered.filter(([, status]) => status >= 400)).toEqual([]);
  });

  const runs = { method: "GET", path: `/repos/${repository}/actions/runs` };
  const rerun = { method: "POST", path: `${runs.path}/16000000001/rerun` };

  test.for([
    ["an unknown repository", { method: "GET", path: "/repos/octo-org/nope/actions/runs" }, 404],
    ["an unknown run", { method: "GET", path: `/repos/${repository}/actions/runs/7` }, 404],
    [
      "broken JSON",
      { method: "POST", path: `/repos/${repository}/actions/runs/16000000001/rerun`, body: "{" },
      400,
    ],
    [
      "a route of fake.handle",
      { method: "POST", path: `/repos/${repository}/topics`, body: '{"a":1}' },
      201,
    ],
    ["what is not imitated", { method: "DELETE", path: `/repos/${repository}` }, 501],
    ["a page that no API has", { method: "GET", path: "/no/such/page?a=1" }, 501],
    ["the root without a slash", { method: "GET", path: "" }, 200],
    ["a wrong token", { ...runs, headers: { authorization: "Bearer wrong" } }, 401],
    ["nobody who reads", { ...runs, nobody: true }, 200],
    ["nobody who writes", { ...rerun, nobody: true }, 403],
    [
      "a token without the permission",
      { ...rerun, headers: { authorization: "Bearer ghs_reader" } },
      403,
    ],
    [
      "a version that there is not",
      { ...runs, headers: { "x-github-api-version": "2020-01-01" } },
      400,
    ],
    ["a second question mark", { ...runs, path: `${runs.path}?page=4?per_page=50` }, 200],
    ["a preflight", { ...runs, method: "OPTIONS" }, 204],
    ["a HEAD", { method: "HEAD", path: `/repos/${repository}/actions/runs` }, 200],
  ] as const)("answer %s alike", async ([, asked, status]) => {
    expect((await everywhere(asked)).status).toBe(status);
  });

  /** What an interface answers to a request that its own first answer leads to. */
  async function twice(
    via: keyof typeof interfaces,
    first: Asked,
    next: (response: Response) => [url: string, headers: Record<string, string>],
  ): Promise<unknown> {
    interfaces[via].fake.restore(snapshot);
    const send = via === "fetch" ? interfaces.fetch.fake.fetch : fetch;
    const authorization = "Bearer ghp_mona";
    const response = await send(baseOf(via) + first.path, {
      method: first.method,
      redirect: "manual",
      headers: { authorization },
    });
    const [url, headers] = next(response);
    const {
      status,
      headers: had,
      body,
    } = await send(url, { headers }).then(async (second) => ({
      status: second.status,
      headers: second.headers,
      body: Buffer.from(await second.arrayBuffer()).toString("latin1"),
    }));
    const names = ["cache-control", "content-type", "content-disposition", "x-ratelimit-used"];
    return {
      status,
      tag: tagForm(had.get("etag") ?? ""),
      headers: names.map((name) => had.get(name)),
      error: had.get("x-ms-error-code"),
      body,
    };
  }

  test.for([
    [
      "what has not changed",
      runs,
      (response: Response): [string, Record<string, string>] => [
        response.url || baseUrl + runs.path,
        { authorization: "Bearer ghp_mona", "if-none-match": response.headers.get("etag") ?? "" },
      ],
      304,
    ],
    [
      "a download of logs",
      { method: "GET", path: `${runs.path}/16000000001/logs` },
      (response: Response): [string, Record<string, string>] => [
        response.headers.get("location") ?? "",
        {},
      ],
      200,
    ],
    [
      "a download of logs with a token",
      { method: "GET", path: `${runs.path}/16000000001/logs` },
      (response: Response): [string, Record<string, string>] => [
        response.headers.get("location") ?? "",
        { authorization: "Bearer ghp_mona" },
      ],
      400,
    ],
  ] as const)("answer %s alike", async ([, first, next, status]) => {
    const seen = await twice("fetch", first, next);
    expect(seen).toMatchObject({ status });
    expect(await twice("handlers", first, next), "MSW's handlers").toEqual(seen);
    expect(await twice("server", first, next), "the server").toEqual(seen);
  });
});

describe("the log host", () => {
  const ask = [
    ["an unknown blob", "GET", "/actions-results/runs/7/attempts/1/run-logs.zip", 403],
    ["a path that is none of GitHub's", "GET", "/somewhere/else?sv=2026", 404],
    ["its root", "GET", "/", 404],
    ["a path of the API", "GET", `/repos/${repository}/actions/runs`, 404],
    ["a path with an odd encoding", "GET", "/actions-results/%E0%A4%A/%00", 404],
    ["a HEAD of an unknown blob", "HEAD", "/actions-results/nothing", 404],
    ["a write", "PUT", "{signed}", 403],
    ["a deletion", "DELETE", "{signed}", 403],
    ["the signed archive", "GET", "{signed}", 200],
  ] as const;

  test.for(ask)(
    "answers %s as Azure does, through every interface",
    async ([, method, path, status]) => {
      const { fake } = prepared("https://api.github.com");
      const mocked = prepared("https://api.github.com").fake;
      const served = prepared("https://api.github.com").fake;
      const handlers = setupServer(...mocked.handlers());
      // Without a port of the logs' own the server could not tell its two hosts apart.
      await using server = await listen(served, { logsPort: 0 });
      const seen = async (send: typeof fetch, base: string): Promise<unknown> => {
        const headers = { authorization: "Bearer ghp_mona" };
        const logs = `${base}/repos/${repository}/actions/runs/16000000001/logs`;
        const redirect = await send(logs, { headers, redirect: "manual" });
        const signed = new URL(redirect.headers.get("location") ?? "");
        const url = signed.origin + path.replace("{signed}", signed.pathname + signed.search);
        const response = await send(url, { method, ...(method === "PUT" && { body: "x" }) });
        const names = ["content-type", "x-ms-error-code", "accept-ranges"];
        const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
        return {
          status: response.status,
          headers: names.map((name) => response.headers.get(name)),
          body,
        };
      };
      const ofFetch = await seen(fake.fetch, "https://api.github.com");
      expect(ofFetch).toMatchObject({ status });
      const code = status === 403 && method === "GET" ? "AuthenticationFailed" : "Authorization";
      const expected = status === 404 ? "BlobNotFound" : status === 403 ? code : "";
      expect(JSON.stringify(ofFetch)).toContain(expected);
      handlers.listen();
      try {
        expect(await seen(fetch, "https://api.github.com"), "MSW's handlers").toEqual(ofFetch);
      } finally {
        handlers.close();
      }
      expect(await seen(fetch, server.url), "the server").toEqual(ofFetch);
    },
  );
});
