import type { Client, RepositoryClient } from "@workflow-runs/core";
import { expect, expectTypeOf, test } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import {
  type BoundRunParameters,
  type RunClient,
  type RunParameters,
  type RunParametersOf,
  waitForRun,
  watchJobs,
  watchRun,
} from "../index.ts";

test("a client bound to its repository takes the run alone", async () => {
  const { repository, client, clock } = fakeWithTime();
  const github = client.repository("octo-org/octo-repo");
  const { id: run_id } = repository.createRun({ jobs: [{ name: "build", queued_seconds: 20 }] });

  const seen: string[] = [];
  for await (const { run, jobs } of watchJobs(github, { run_id }, clock))
    seen.push([run.status, ...jobs.map(({ name }) => name)].join(" "));
  expect(seen[0]).toBe("queued build");
  expect(seen.at(-1)).toBe("completed build");

  const states: (string | null)[] = [];
  for await (const { status } of watchRun(github, { run_id }, clock)) states.push(status);
  expect(states).toEqual(["completed"]);
  expect(await waitForRun(github, { run_id }, clock)).toMatchObject({ id: run_id });
});

test("it takes its own repository, and no other", async () => {
  const { repository, client, clock } = fakeWithTime();
  const github = client.repository("octo-org/octo-repo");
  const { id: run_id } = repository.createRun();
  const own = { owner: "octo-org", repo: "octo-repo", run_id };
  expect(await waitForRun(github, own, clock)).toMatchObject({ id: run_id });
  await expect(waitForRun(github, { ...own, repo: "other" }, clock)).rejects.toMatchObject({
    name: "ParameterError",
  });
});

test("types: owner and repo may be left out with a bound client only", () => {
  expectTypeOf<RunParametersOf<RepositoryClient>>().toEqualTypeOf<BoundRunParameters>();
  expectTypeOf<RunParametersOf<Client>>().toEqualTypeOf<RunParameters>();
  expectTypeOf<RunParametersOf<Client | RepositoryClient>>().toEqualTypeOf<RunParameters>();

  const { client } = fakeWithTime();
  const github = client.repository("octo-org/octo-repo");
  const wrong = () => {
    // @ts-expect-error owner and repo are missing
    void watchRun(client, { run_id: 1 });
    // @ts-expect-error owner and repo are missing
    void watchJobs(client, { run_id: 1 });
    // @ts-expect-error owner and repo are missing
    void waitForRun(client, { run_id: 1 });
    // @ts-expect-error run_id is missing
    void waitForRun(github, {});
    // @ts-expect-error misspelt
    void waitForRun(github, { runId: 1 });
  };
  expect(wrong).toBeTypeOf("function");
  const wrapped = <C extends RunClient>(any: C, params: RunParameters): [C, unknown] => [
    any,
    watchRun(any, params),
  ];
  expect(wrapped).toBeTypeOf("function");
});
