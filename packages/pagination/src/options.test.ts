import { createClient, ParameterError } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";
import {
  attemptsOf,
  type ListParameters,
  paginate,
  type PaginateOptions,
  syncRuns,
} from "./index.ts";

const repository = { owner: "o", repo: "r" };
const name = "listWorkflowRunsForRepo";
type Parameters = ListParameters<ReturnType<typeof createClient>, typeof name>;

// As plain JavaScript calls it: whatever is given.
function refusal(parameters: unknown, options: unknown): ParameterError {
  const error = thrownBy(() =>
    paginate(
      createClient({ fetch: () => expect.unreachable() }),
      name,
      parameters as Parameters,
      options as PaginateOptions,
    ),
  );
  expect(error).toBeInstanceOf(ParameterError);
  return error as ParameterError;
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(["actor", "branch", "event", "head_sha", "status"])(
  "an empty %s is refused: it is a variable that was not set, not a filter",
  (filter) => {
    for (const value of ["", null])
      expect(refusal({ ...repository, [filter]: value }, {}).message).toBe(
        `paginate: ${filter} is ${JSON.stringify(value)}, not a value to filter by; leave it out to see all.`,
      );
  },
);

test("a misspelt option is refused, and the options named", () => {
  expect(refusal(repository, { concurency: 3 })).toMatchObject({
    parameter: "concurency",
    message:
      'paginate: Unknown option "concurency". Did you mean "concurrency"? Valid options: concurrency, from, signal, onProgress, beyondLimit, source.',
  });
});

test("the value of an unknown option is not repeated: it may be a secret", () => {
  expect(refusal(repository, { auth: "ghp_secret" }).message).not.toContain("ghp_secret");
});

test.each([
  [{ concurrency: 0 }, "concurrency is 0, not a whole number of 1 or more"],
  [{ concurrency: 1.5 }, "concurrency is 1.5, not"],
  [{ concurrency: "3" }, 'concurrency is "3", not a whole number of 1 or more'],
  [{ beyondLimit: "ignore" }, 'beyondLimit is "ignore", not "split", "error" or "truncate"'],
  [{ source: "index" }, 'source is "index", not "search" or "list"'],
  [{ beyondLimit: ["split"] }, "beyondLimit is an array, not"],
  [{ from: null }, "from is null, not a cursor"],
  [{ from: 12 }, "from is 12, not a cursor"],
  [{ signal: new AbortController() }, "signal is an object, not an AbortSignal"],
  [{ onProgress: true }, "onProgress is true, not a function"],
  [null, "options is null, not an object"],
  [3, "options is 3, not an object"],
])("the options %j are refused before anything is sent", (options, message) => {
  expect(refusal(repository, options).message).toContain(message);
});

test.each([
  [{ ...repository, per_page: 0 }, "per_page is 0, not an integer from 1 to 100"],
  [{ ...repository, per_page: 101 }, "per_page is 101"],
  [{ ...repository, per_page: "50" }, 'per_page is "50", not'],
  [{ ...repository, created: "last week" }, 'created is "last week", not a range'],
  [{ ...repository, created: new Date() }, "created is an object, not a string"],
  [{ ...repository, created: null }, "created is null, not a string"],
  [{ ...repository, page: 3 }, "leave out page"],
  ["o/r", 'parameters is "o/r", not an object'],
  [null, "parameters is null, not an object"],
])("the parameters %j are refused before anything is sent", (parameters, message) => {
  expect(refusal(parameters, {}).message).toContain(message);
});

test("without parameters the client says which one is missing, and nothing is sent", async () => {
  const github = createClient({ fetch: () => expect.unreachable() });
  const list = paginate(github, name, undefined as unknown as Parameters);
  const missing = { name: "ParameterError", parameter: "owner" };
  await expect(list.toArray()).rejects.toMatchObject(missing);
  await expect(list.count()).rejects.toMatchObject(missing);
  await expect(list.toArray()).rejects.toThrow(`${name}: Missing parameter "owner"`);
});

test("a client bound to a repository needs no parameters", async () => {
  await using server = await new GitHubServer({ runs: evenly(3, 60) }).listen();
  const bound = createClient({ baseUrl: server.url }).repository("o/r");
  const list = paginate(bound, name, undefined as unknown as object);
  expect(await list.toArray()).toHaveLength(3);
});

test("an option that is undefined counts as absent, known or not", async () => {
  await using server = await new GitHubServer({ runs: evenly(3, 60) }).listen();
  const github = createClient({ baseUrl: server.url });
  const options = { concurrency: undefined, concurency: undefined } as PaginateOptions;
  expect(await paginate(github, name, repository, options).toArray()).toHaveLength(3);
});

const github = createClient({ fetch: () => expect.unreachable() });
const call = async (call: unknown, ...args: unknown[]): Promise<unknown> =>
  (call as (...args: unknown[]) => unknown)(...args);
const firstAttempt = async (client: unknown, run: unknown): Promise<unknown> =>
  attemptsOf(
    client as typeof github,
    run as { owner: string; repo: string; run_id: number },
  ).next();

test.each<[string, unknown, unknown[], string]>([
  ["nothing", paginate, [], "client is undefined, not a client of @workflow-runs/core"],
  ["null", paginate, [null, name, repository], "client is null, not a client"],
  ["no client", paginate, [{}, name, repository], "client is an object, not a client"],
  [
    "a token",
    paginate,
    ["ghp_secret", name],
    "client is a hidden string (it may be a secret), not a client",
  ],
  ["a method", paginate, [github, github.listWorkflowRuns], "operation is a function, not a list"],
  ["no list", paginate, [github, "getWorkflowRun"], 'operation is "getWorkflowRun", not a list. '],
  ["no operation", paginate, [github], "operation is undefined, not a list. Lists: listJobs"],
  ["no copy", syncRuns, [], "client is undefined, not a client"],
  ["a copy of nothing", syncRuns, [github, undefined, { onRuns() {} }], 'parameter "owner"'],
  ["a copy of a name", syncRuns, [github, "o/r"], "options is a hidden string"],
  ["no options", syncRuns, [github, repository], "onRuns is undefined, not a function"],
  ["no onRuns", syncRuns, [github, repository, {}], "onRuns is undefined, not a function"],
  ["no attempts", firstAttempt, [], "client is undefined, not a client"],
  ["attempts of nothing", firstAttempt, [github], "run is undefined, not { owner, repo, run_id }"],
  ["attempts of an id", firstAttempt, [github, 42], "run is 42, not { owner, repo, run_id }"],
])("%s is refused by name, and nothing is sent", async (_, start, args, message) => {
  const refused = call(start, ...args);
  await expect(refused).rejects.toThrow(ParameterError);
  await expect(refused).rejects.toThrow(message);
});
