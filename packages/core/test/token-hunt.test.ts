import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { Keyv } from "keyv";
import { Octokit } from "octokit";
import { expect, test } from "vitest";
import { createClient, type Middleware } from "../src/index.ts";
import { closedPort, json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const token = /ghs_s3cret/;
const secrets = /ghs_s3cret|s3csig/;
const channels = ["request", "retry", "limit", "cache", "deprecation"].map(
  (name) => `workflow-runs:${name}`,
);

test("the token and a signed link are in no error, event, store, callback or middleware, and reach no other host", async () => {
  await using files = await serve((request, response) =>
    request.url.startsWith("/gone")
      ? response.writeHead(404).end("<Error><Code>BlobNotFound</Code><X>sig=s3csig</X></Error>")
      : request.url.startsWith("/breaks-off")
        ? response.writeHead(200, { "content-length": "9" }).write("z", () => response.destroy())
        : request.url.startsWith("/stands-still")
          ? response.writeHead(200, { "content-length": "9" }).write("z")
          : response.writeHead(206, { "content-range": "bytes 0-2/9" }).end("zip"),
  );
  await using elsewhere = await serve((_, response) => json(response, 200, {}));
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  const about = {
    etag: '"1"',
    deprecation: "@1773100800",
    sunset: "Fri, 10 Mar 2028 00:00:00 GMT",
    "x-accepted-github-permissions": "actions=write",
    "x-github-sso": "required; url=https://github.com/orgs/o/sso?authorization_request=1",
    vary: "accept, authorization, x-github-otp",
  };
  const statuses = [401, 403, 404, 409, 410, 422, 500, 200];
  // The first of them is waited for, the second is too long.
  const waits = ["0"];
  let refreshes = 0;
  await using server = await serve((request, response, count) => {
    if (!request.headers.authorization?.endsWith(`_${refreshes}`)) return json(response, 401, {});
    if (request.url.endsWith("/jobs/1/logs"))
      return response.writeHead(302, { location: `${files.url}/gone?sig=s3csig` }).end();
    const [, attempt] = /\/attempts\/(\d)\/logs$/.exec(request.url) ?? [];
    const locations = [`${files.url}/breaks-off`, `${files.url}/stands-still`, `${nowhere}/f`];
    if (attempt)
      return response
        .writeHead(302, { location: `${locations[Number(attempt)]}?sig=s3csig` })
        .end();
    if (request.url.endsWith("/logs"))
      return response.writeHead(302, { location: `${files.url}/f?sig=s3csig` }).end();
    if (request.url.endsWith("/approvals"))
      return response.writeHead(302, { location: `${elsewhere.url}/x` }).end();
    if (request.url.endsWith("/pending_deployments")) return response.socket?.destroy();
    if (request.url.endsWith("/timing"))
      return json(response, 429, {}, { "retry-after": waits.shift() ?? "3600", ...about });
    if (request.headers["if-none-match"]) return response.writeHead(304, about).end();
    if (request.url.endsWith("/attempts/1")) return json(response, 200, {}, about);
    return json(response, statuses[count % statuses.length] as number, { message: "no" }, about);
  });

  const seen: unknown[] = [];
  const see = (...what: unknown[]): void => {
    seen.push(inspect(what, { depth: 12, showHidden: true }));
  };
  const events = new Set<string>();
  const seeEvent = (message: unknown, name: string | symbol): void => {
    events.add(String(name));
    see(message);
  };
  for (const name of channels) subscribe(name, seeEvent);
  const warned = (warning: Error): void => see(warning);
  process.on("warning", warned);
  const stored = new Map<string, string>();
  const spy: Middleware = async (request, next, call) => {
    const response = await next(request);
    // A download's response has the signed link as its URL, as any fetch's has.
    const around = [[...request.headers], [...response.headers], request, response, call];
    expect(inspect(around, { depth: 12, showHidden: true })).not.toMatch(token);
    return response;
  };
  const github = createClient({
    baseUrl: server.url,
    auth: ({ refresh }) => `ghs_s3cret_${refresh ? ++refreshes : refreshes}`,
    cache: { store: new Keyv({ store: stored }), staleIfLimited: true },
    middleware: [spy],
    retry: { limit: 1, maxDelay: 1, onRetry: see },
    rateLimit: { maxWait: 5000, onLimit: see },
    onDeprecation: see,
  });
  const log = { debug() {}, info() {}, warn: see, error: see };
  const octokit = new Octokit({
    baseUrl: server.url,
    request: { fetch: github.fetch, retries: 0, log },
    log,
  });
  const headers = { range: "bytes=0-2", "x-github-otp": "s3csig" };
  const calls: (() => Promise<unknown>)[] = [
    ...statuses.flatMap(() => [
      () => github.getWorkflowRun(run),
      () => github.getWorkflowRun.withResponse(run, { headers: { "x-github-otp": "s3csig" } }),
      () => github.cancelWorkflowRun(run),
      () => github.GET("/repos/{owner}/{repo}/actions/runs", { params: { path: run } }),
      () => github.fetch(`${server.url}/repos/o/r`),
      () => octokit.request("GET /repos/{owner}/{repo}", run),
    ]),
    () => github.downloadWorkflowRunLogs(run, { headers }).then((file) => file.text()),
    ...[0, 1, 2].map((attempt_number) => () => {
      const attempt = { ...run, attempt_number };
      return github
        .downloadWorkflowRunAttemptLogs(attempt, { timeout: { idle: 300 } })
        .then((file) => file.text());
    }),
    () => github.downloadJobLogsForWorkflowRun({ owner: "o", repo: "r", job_id: 1 }),
    () => github.getReviewsForRun(run),
    () => github.getPendingDeploymentsForRun(run),
    () => github.fetch(`${elsewhere.url}/x`),
    ...[0, 0, 3_600_000].map(
      (maxAge) => () =>
        github.getWorkflowRunAttempt({ ...run, attempt_number: 1 }, { cache: { maxAge } }),
    ),
    () => github.getWorkflowRunUsage(run),
    () => github.getWorkflowRunAttempt({ ...run, attempt_number: 1 }),
    () => github.getWorkflowRun(run),
  ];
  for (const call of calls) see(await call().catch((error: unknown) => error));
  const options = { auth: `ghs_s3cret_${refreshes}`, retry: false } as const;
  const narrow = createClient({ ...options, baseUrl: server.url, maxBodySize: 1 });
  see(await narrow.getWorkflowRun(run).catch((error: unknown) => error), narrow);
  const unreachable = createClient({ ...options, baseUrl: nowhere });
  see(await unreachable.getWorkflowRun(run).catch((error: unknown) => error), unreachable, github);
  process.off("warning", warned);
  for (const name of channels) unsubscribe(name, seeEvent);

  // Each of them has happened.
  expect(refreshes).toBeGreaterThan(0);
  expect([...events].toSorted()).toEqual(channels.toSorted());
  for (const word of [
    /no byte came for 300 ms/,
    /terminated|broke off|aborted/,
    /ECONNREFUSED/,
    /maxBodySize/,
    /BlobNotFound/,
    /actions: 'write'/,
    /orgs\/o\/sso/,
    /outcome: 'fresh'/,
    /outcome: 'limited'/,
    /outcome: 'hit'/,
  ])
    expect(seen.filter((text) => word.test(String(text))).length, String(word)).toBeGreaterThan(0);
  expect(seen.length).toBeGreaterThan(calls.length);
  expect(seen.filter((text) => secrets.test(String(text)))).toEqual([]);
  expect(stored.size).toBeGreaterThan(0);
  expect(JSON.stringify([...stored])).not.toMatch(secrets);
  expect(elsewhere.received).toEqual([]);
  expect(files.received.map(({ url }) => url)).toEqual([
    "/f?sig=s3csig",
    "/breaks-off?sig=s3csig",
    "/stands-still?sig=s3csig",
    "/gone?sig=s3csig",
  ]);
  for (const { headers } of files.received) {
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("x-github-otp");
  }
});
