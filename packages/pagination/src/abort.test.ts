import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer, type Seen } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const runs = evenly(1000, 86_400);
const wait = { timeout: 60_000 };
const abortedOf = (server: GitHubServer): number =>
  server.seen.filter(({ aborted }) => aborted).length;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

test("an abort while pages are on their way ends the iteration at once; they are cancelled and none follows", async () => {
  await using server = await new GitHubServer({
    runs,
    latency: (_, index) => (index === 0 ? 0 : 60_000),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const stop = new AbortController();
  const reason = new Error("enough");
  const reading = paginate(github, "listWorkflowRunsForRepo", repository, {
    signal: stop.signal,
  }).toArray();
  await expect.poll(() => server.seen.length, wait).toBe(4);
  stop.abort(reason);
  await expect(reading).rejects.toBe(reason);
  await expect.poll(() => abortedOf(server), wait).toBe(3);
  await settle();
  expect(server.seen).toHaveLength(4);
});

test("AbortSignal.timeout() ends an iteration with its DOMException; the list says where it was", async () => {
  await using server = await new GitHubServer({
    runs,
    latency: (_, index) => (index === 0 ? 0 : 60_000),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const signal = AbortSignal.timeout(3000);
  const list = paginate(github, "listWorkflowRunsForRepo", repository, { signal });
  const error: unknown = await list.toArray().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DOMException);
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect(error).not.toHaveProperty("cursor");
  expect(list.cursor).toMatch(/^wr2\./);
});

test("an abort inside a page ends the loop before its next item", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const stop = new AbortController();
  const list = paginate(github, "listWorkflowRunsForRepo", repository, { signal: stop.signal });
  let taken = 0;
  const reading = (async () => {
    for await (const _run of list) if (++taken === 10) stop.abort();
  })();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  await settle();
  expect(taken).toBe(10);
  expect(server.seen).toHaveLength(1);
  expect(list.cursor).toMatch(/\.s$/);
});

test("a signal that has aborted sends nothing", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository, {
    signal: AbortSignal.abort(),
  });
  await expect(list.toArray()).rejects.toMatchObject({ name: "AbortError" });
  await expect(list.count()).rejects.toMatchObject({ name: "AbortError" });
  expect(server.seen).toHaveLength(0);
});

test("count() ends at once, too", async () => {
  await using server = await new GitHubServer({ runs, latency: () => 60_000 }).listen();
  const github = createClient({ baseUrl: server.url });
  const stop = new AbortController();
  const { signal } = stop;
  const counting = paginate(github, "listWorkflowRunsForRepo", repository, { signal }).count();
  await expect.poll(() => server.seen.length, wait).toBe(1);
  stop.abort();
  await expect(counting).rejects.toMatchObject({ name: "AbortError" });
});

test("an error of the client comes through as it is, with the cursor, and cancels the pages behind it", async () => {
  const isSecondPage = ({ query }: Seen): boolean => query["page"] === "2";
  await using server = await new GitHubServer({
    runs,
    latency: (seen, index) => (index === 0 || isSecondPage(seen) ? 0 : 60_000),
    refuse: (seen) => (isSecondPage(seen) ? { status: 404, message: "Not Found" } : undefined),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  await expect(list.toArray()).rejects.toMatchObject({
    name: "NotFoundError",
    status: 404,
    cursor: expect.stringMatching(/^wr2\./),
  });
  await settle();
  const requests = server.seen.length;
  await settle();
  expect(server.seen).toHaveLength(requests);
  await expect.poll(() => abortedOf(server), wait).toBe(requests - 2);
});
