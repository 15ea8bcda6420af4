import { getOctokit } from "@actions/github";
import { Octokit as RestOctokit } from "@octokit/rest";
import { Octokit } from "octokit";
import { expect, test } from "vitest";
import { createActionsFake } from "../src/index.ts";
import { listen } from "../src/node/index.ts";
import { octokitScenario } from "./clients/octokit.ts";
import { leftOut, refused } from "./clients/whole-list.ts";
import { validated } from "./validation.ts";

const auth = "ghp_mona";
const silent = (): void => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

test.each([
  [
    "octokit",
    (baseUrl: string) =>
      new Octokit({ auth, baseUrl, log, retry: { enabled: false }, throttle: { enabled: false } }),
  ],
  ["@octokit/rest", (baseUrl: string) => new RestOctokit({ auth, baseUrl, log })],
  ["@actions/github", (baseUrl: string) => getOctokit(auth, { baseUrl, log })],
] as const)("%s does the whole list over the server", async (_, client) => {
  const fake = createActionsFake({ tokens: { [auth]: { login: "mona" } } });
  fake.freeze("2026-11-01T10:00:00Z");
  const responses = validated(fake);
  const repository = fake.repository("octo-org/octo-repo");
  await using server = await listen(fake);
  await octokitScenario(client(server.url), fake, repository);
  expect(leftOut(fake.requests)).toEqual([]);
  expect(refused(fake.requests)).toEqual([]);
  expect(responses.problems).toEqual([]);
  expect(responses.held).toBeGreaterThan(15);
});

test("a scenario that leaves something out is told what", () => {
  expect(leftOut([])).toEqual([
    "list",
    "filter",
    "page",
    "view",
    "watch",
    "dispatch",
    "re-run",
    "cancel",
    "approve",
    "pending deployments",
    "review of deployments",
    "artifacts",
    "download of an artifact",
    "logs",
    "delete",
  ]);
});
