import { createClient, NotFoundError, type WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { attemptsOf } from "./index.ts";
import { CopiedServer } from "../test/copied-server.ts";

const repository = { owner: "o", repo: "r" };

async function serve(attempts: number) {
  const server = await new CopiedServer(1_767_225_600).listen();
  const run = server.create("completed");
  for (let index = 1; index < attempts; index++)
    run.attempts.push({ status: "completed", conclusion: "failure" });
  const github = createClient({ baseUrl: server.url, retry: false });
  const found: (number | undefined)[] = [];
  const read = async (of: Parameters<typeof attemptsOf>[1]): Promise<(number | undefined)[]> => {
    found.length = server.requests.length = 0;
    for await (const { run_attempt } of attemptsOf(github, of)) found.push(run_attempt);
    return found;
  };
  return { server, run, github, found, read, of: { ...repository, run_id: run.id } };
}

test("every attempt of a run, the newest first, one request each", async () => {
  const { server, github, read, of } = await serve(3);
  await using _ = server;
  expect(await read(of)).toEqual([3, 2, 1]);
  expect(server.requests).toHaveLength(3);
  const whole: WorkflowRun = await github.getWorkflowRun(of);
  expect(await read(whole)).toEqual([3, 2, 1]);
  expect(server.requests).toHaveLength(2);
});

test("attempts that are deleted are left out", async () => {
  const { server, run, read, of } = await serve(4);
  await using _ = server;
  run.attempts[0]!.isDeleted = run.attempts[2]!.isDeleted = true;
  expect(await read(of)).toEqual([4, 2]);
});

test("a run that is deleted meanwhile, or cannot be seen any more, is an error, not a run of fewer attempts", async () => {
  const { server, found, read, of } = await serve(4);
  await using _ = server;
  server.before = (request) => {
    server.isHidden = request > 2;
  };
  await expect(read(of)).rejects.toBeInstanceOf(NotFoundError);
  expect(found).toEqual([4, 3]);
});

test("a server that knows no attempts has one of each run, also with a number of 0", async () => {
  const { server, run, github, read, of } = await serve(1);
  await using _ = server;
  server.isOtherForge = true;
  expect(await read(of)).toEqual([undefined]);
  const bound = github.repository("o/r");
  for (const run_attempt of [undefined, 0]) {
    const attempts = attemptsOf(bound, { id: run.id, run_attempt } as WorkflowRun);
    expect((await attempts.next()).value).toEqual({ id: run.id, run_attempt });
    expect((await attempts.next()).done).toBe(true);
  }
});

test("a run without its repository is read by a client that is bound to one", async () => {
  const { server, run, github } = await serve(2);
  await using _ = server;
  const whole = { id: run.id, run_attempt: 2 } as WorkflowRun;
  const found: (number | undefined)[] = [];
  for await (const { run_attempt } of attemptsOf(github.repository("o/r"), whole))
    found.push(run_attempt);
  expect(found).toEqual([2, 1]);
});
