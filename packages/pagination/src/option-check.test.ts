import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";
import {
  type ListParameters,
  paginate,
  type PaginateOptions,
  PaginationError,
  PaginationOptionError,
} from "./index.ts";

const repository = { owner: "o", repo: "r" };
const name = "listWorkflowRunsForRepo";
type Parameters = ListParameters<ReturnType<typeof createClient>, typeof name>;

// As plain JavaScript calls it: whatever is given.
function refusal(parameters: unknown, options: unknown): PaginationOptionError {
  const error = thrownBy(() =>
    paginate(
      createClient({ fetch: () => expect.unreachable() }),
      name,
      parameters as Parameters,
      options as PaginateOptions,
    ),
  );
  expect(error).toBeInstanceOf(PaginationOptionError);
  expect(error).toBeInstanceOf(PaginationError);
  return error as PaginationOptionError;
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("a misspelt option is refused, and the options named", () => {
  expect(refusal(repository, { concurency: 3 })).toMatchObject({
    option: "concurency",
    message:
      'paginate: there is no option "concurency". It takes concurrency, from, signal, onProgress, beyondLimit.',
  });
});

test("the value of an unknown option is not repeated: it may be a secret", () => {
  expect(refusal(repository, { auth: "ghp_secret" }).message).not.toContain("ghp_secret");
});

test.each([
  [{ concurrency: 0 }, "concurrency: 0 is not an integer from 1 on"],
  [{ concurrency: 1.5 }, "concurrency: 1.5 is not"],
  [{ concurrency: "3" }, 'concurrency: "3" is not an integer from 1 on'],
  [{ beyondLimit: "ignore" }, 'beyondLimit: "ignore" is not "split", "error" or "truncate"'],
  [{ beyondLimit: ["split"] }, "beyondLimit: an array is not"],
  [{ from: null }, "from: null is not a cursor"],
  [{ from: 12 }, "from: 12 is not a cursor"],
  [{ signal: new AbortController() }, "signal: an object is not an AbortSignal"],
  [{ onProgress: true }, "onProgress: true is not a function"],
  [null, "options: null is not an object"],
  [3, "options: 3 is not an object"],
])("the options %j are refused before anything is sent", (options, message) => {
  expect(refusal(repository, options).message).toContain(message);
});

test.each([
  [{ ...repository, per_page: 0 }, "per_page: 0 is not an integer from 1 to 100"],
  [{ ...repository, per_page: 101 }, "per_page: 101"],
  [{ ...repository, per_page: "50" }, 'per_page: "50" is not'],
  [{ ...repository, created: "last week" }, 'created: "last week" is not a range'],
  [{ ...repository, created: new Date() }, "created: an object is not a string"],
  [{ ...repository, created: null }, "created: null is not a string"],
  [{ ...repository, page: 3 }, "page: leave it out"],
  ["o/r", 'parameters: "o/r" is not an object'],
  [null, "parameters: null is not an object"],
])("the parameters %j are refused before anything is sent", (parameters, message) => {
  expect(refusal(parameters, {}).message).toContain(message);
});

test("without parameters the client says which one is missing, and nothing is sent", async () => {
  const github = createClient({ fetch: () => expect.unreachable() });
  const list = paginate(github, name, undefined as unknown as Parameters);
  const missing = { name: "ParameterError", parameter: "owner" };
  await expect(list.toArray()).rejects.toMatchObject(missing);
  await expect(list.count()).rejects.toMatchObject(missing);
  await expect(list.toArray()).rejects.toThrow(`${name}: missing "owner"`);
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
