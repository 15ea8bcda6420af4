import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import { presets } from "./index.ts";
import { leastPermissions, permissionsBlock } from "./rules/permissions-used.ts";

const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${token}` },
});

const tokens = {
  ghs_reader: { permissions: { actions: "read" } as const },
  github_pat_reader: { permissions: { actions: "read" } as const },
  ghs_deployer: { permissions: { actions: "read", deployments: "write" } as const },
  ghp_classic: { scopes: ["repo", "workflow"] },
  ghp_public: { scopes: ["public_repo"] },
  ghp_none: { scopes: [] },
};

describe("a token with permissions", () => {
  test("is refused what it may not, with the permission that is missing", async () => {
    const { repository, ask } = setUp({ tokens });
    const { id: run_id } = repository.createRun({ status: "completed" });
    const rerun = async (token: string): Promise<unknown[]> => {
      const { status, data, headers } = await ask("reRunWorkflow", { run_id }, bearer(token));
      return [
        status,
        (data as { message?: string }).message,
        headers.get("x-accepted-github-permissions"),
      ];
    };
    expect(await rerun("ghs_reader")).toEqual([
      403,
      "Resource not accessible by integration",
      "actions=write",
    ]);
    expect(await rerun("github_pat_reader")).toEqual([
      403,
      "Resource not accessible by personal access token",
      "actions=write",
    ]);
    const read = await ask("getWorkflowRun", { run_id }, bearer("ghs_reader"));
    expect([read.status, read.headers.get("x-accepted-github-permissions")]).toEqual([
      200,
      "actions=read",
    ]);
  });

  test("needs every permission of an operation that has several", async () => {
    const { fake, repository, ask } = setUp({ tokens });
    const { id: run_id } = repository.createRun(presets.waitingForDeployment());
    fake.advance("1h");
    const review = { run_id, environment_ids: [1], state: "approved", comment: "" };
    const refused = await ask("reviewPendingDeploymentsForRun", review, bearer("ghs_deployer"));
    expect([refused.status, refused.headers.get("x-accepted-github-permissions")]).toEqual([
      403,
      "actions=read,checks=read,deployments=read",
    ]);
  });

  test("of an installation is nobody's account, a personal one is", async () => {
    const { fake } = setUp({ tokens });
    const user = async (token: string): Promise<number> =>
      (await fake.fetch(`${fake.baseUrl}/user`, bearer(token))).status;
    expect([await user("ghs_reader"), await user("github_pat_reader")]).toEqual([403, 200]);
  });
});

describe("a token with permissions, in GraphQL", () => {
  const text = `{ repository(owner: "octo-org", name: "secret") { name pullRequest(number: 7) {
    title commits(last: 1) { nodes { commit { statusCheckRollup { state contexts(first: 9) { nodes {
      ... on CheckRun { name checkSuite { workflowRun { event } } }
    } } } } } }
  } } }`;

  async function read(
    permissions: Record<string, "read">,
    query = text,
    secret = "ghs_token",
    isPrivate = true,
  ): Promise<{ data: unknown; refused: unknown[]; errors: unknown; used: string }> {
    const { fake } = setUp({ tokens: { [secret]: { permissions } } });
    fake
      .repository("octo-org/secret", { private: isPrivate })
      .createRun({ ...presets.success(), pull_requests: [7], jobs: [{ name: "build" }] });
    const response = await fake.fetch(`${fake.baseUrl}/graphql`, {
      method: "POST",
      body: JSON.stringify({ query }),
      ...bearer(secret),
    });
    expect(response.status).toBe(200);
    const { data, errors = [] } = (await response.json()) as {
      data: unknown;
      errors?: { type?: string; path?: unknown[] }[];
    };
    const refused = errors.map(({ type, path }) => `${type} ${path?.join(".")}`);
    return { data, refused, errors, used: fake.permissionsUsed() };
  }

  test("is refused each field by itself, as GitHub does", async () => {
    const pull = "repository.pullRequest";
    const commit = `${pull}.commits.nodes.0.commit`;
    const context = `${commit}.statusCheckRollup.contexts.nodes.0`;
    const pulls = { pull_requests: "read" } as const;
    const none = await read({ actions: "read" });
    expect(none.data).toEqual({ repository: { name: "secret", pullRequest: null } });
    expect(none.errors).toEqual([
      {
        type: "FORBIDDEN",
        path: ["repository", "pullRequest"],
        extensions: { saml_failure: false },
        locations: [{ line: 1, column: 56 }],
        message: "Resource not accessible by integration",
      },
    ]);
    expect((await read(pulls)).refused).toEqual([`FORBIDDEN ${commit}.statusCheckRollup`]);
    expect((await read({ ...pulls, statuses: "read" })).refused).toEqual([`FORBIDDEN ${context}`]);
    expect((await read({ ...pulls, checks: "read" })).refused).toEqual([
      `FORBIDDEN ${context}.checkSuite.workflowRun`,
    ]);
    const all = await read({ ...pulls, checks: "read", actions: "read" });
    expect(all.errors).toEqual([]);
    expect((await read({}, text, "ghs_token", false)).errors).toEqual([]);
  });

  test("is told so by the kind of the token, finds nothing, and has lists refused whole", async () => {
    expect((await read({ actions: "read" }, text, "github_pat_token")).errors).toMatchObject([
      { message: "Resource not accessible by personal access token" },
    ]);
    const list =
      '{ repository(owner: "octo-org", name: "secret") { pullRequests(first: 1) { totalCount } } }';
    expect(await read({ actions: "read" }, list)).toMatchObject({
      data: { repository: null },
      refused: ["FORBIDDEN repository.pullRequests"],
    });
    const search =
      '{ search(query: "repo:octo-org/secret", type: ISSUE, first: 9) { issueCount } }';
    expect(await read({ actions: "read" }, search)).toMatchObject({
      data: { search: { issueCount: 0 } },
      refused: [],
    });
  });

  test("uses the permissions of the fields it reads", async () => {
    const permissions = { pull_requests: "read", checks: "read", actions: "read" } as const;
    expect((await read(permissions)).used).toBe(
      "permissions:\n  actions: read\n  checks: read\n  pull-requests: read\n",
    );
    const name = '{ repository(owner: "octo-org", name: "secret") { name } }';
    expect((await read(permissions, name)).used).toBe("permissions: {}\n");
  });
});

describe("a token with scopes", () => {
  test("sees private repositories with repo, and may change public ones with public_repo", async () => {
    const { fake, repository } = setUp({ tokens });
    const open = repository.createRun({ status: "completed" });
    const hidden = fake
      .repository("octo-org/secret", { private: true })
      .createRun({ status: "completed" });
    const rerun = async (token: string, url: string): Promise<number> =>
      (await fake.fetch(`${url}/rerun`, { method: "POST", ...bearer(token) })).status;
    expect(await rerun("ghp_none", open.data.url)).toBe(403);
    expect(await rerun("ghp_public", open.data.url)).toBe(201);
    expect(await rerun("ghp_public", hidden.data.url)).toBe(404);
    expect(await rerun("ghp_classic", hidden.data.url)).toBe(201);
    const { headers } = await fake.fetch(open.data.url, bearer("ghp_classic"));
    expect(headers.get("x-oauth-scopes")).toBe("repo, workflow");
  });
});

test("version 2022-11-28 says what is deprecated where the newest one has changed something", async () => {
  const { fake, repository } = setUp();
  repository.createRun({ pull_requests: [7] });
  const deprecated = async (path: string, version: string): Promise<unknown[]> => {
    const headers = { "x-github-api-version": version };
    const response = await fake.fetch(fake.baseUrl + path, { headers });
    return [response.headers.has("deprecation"), response.headers.get("sunset")];
  };
  const path = "/repos/octo-org/octo-repo";
  expect(await deprecated(path, "2022-11-28")).toEqual([true, "Fri, 10 Mar 2028 00:00:00 GMT"]);
  expect(await deprecated(path, "2026-03-10")).toEqual([false, null]);
  for (const changed of [`${path}/pulls`, `${path}/pulls/7`, "/rate_limit", "/"]) {
    expect(await deprecated(changed, "2022-11-28"), changed).toContain(true);
    expect(await deprecated(changed, "2026-03-10"), changed).toContain(false);
  }
  expect(await deprecated(`${path}/actions/runs`, "2022-11-28")).toEqual([false, null]);
});

test("the newest version leaves out what it has dropped, the older one has it", async () => {
  const { fake, repository } = setUp();
  repository.createRun({ pull_requests: [7] });
  const body = async (path: string, version?: string): Promise<unknown> => {
    const headers = version === undefined ? {} : { "x-github-api-version": version };
    return (await fake.fetch(fake.baseUrl + path, { headers })).json();
  };
  const path = "/repos/octo-org/octo-repo";
  const older = {
    [path]: { has_downloads: true },
    [`${path}/pulls/7`]: {
      merge_commit_sha: null,
      assignee: null,
      base: { repo: { has_downloads: true } },
      head: { repo: { has_downloads: true } },
    },
    "/rate_limit": { rate: { limit: 5000 } },
    "/": { authorizations_url: "https://api.github.com/authorizations" },
  };
  const dropped = /"(has_downloads|merge_commit_sha|assignee|rate|authorizations_url|hub_url)":/;
  for (const [url, fields] of Object.entries(older)) {
    expect(await body(url), url).toMatchObject(fields);
    expect(await body(url, "2022-11-28"), url).toMatchObject(fields);
    expect(JSON.stringify(await body(url, "2026-03-10")), url).not.toMatch(dropped);
  }
  expect(await body(`${path}/pulls`)).toMatchObject([older[`${path}/pulls/7`]]);
  expect(JSON.stringify(await body(`${path}/pulls`, "2026-03-10"))).not.toMatch(dropped);
});

describe("the least permissions", () => {
  test("are those of what was called", async () => {
    const { fake, repository, ask } = setUp();
    expect(fake.permissionsUsed()).toBe("permissions: {}\n");
    const { id: run_id, jobs } = repository.createRun(presets.failure());
    await ask("getWorkflowRun", { run_id });
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo`;
    await fake.fetch(url);
    await fake.fetch(`${url}/check-runs/${jobs[0]?.id}/annotations`);
    await fake.fetch(`${url}/pulls`);
    expect(fake.permissionsUsed()).toBe(
      "permissions:\n  actions: read\n  checks: read\n  pull-requests: read\n",
    );
    await ask("reRunWorkflow", { run_id });
    expect(fake.permissionsUsed()).toContain("  actions: write\n");
    fake.reset();
    expect(fake.permissionsUsed()).toBe("permissions: {}\n");
  });

  test("take of alternatives the one that is met anyway", () => {
    const needs = [[{ contents: "read" }, { actions: "read" }], [{ actions: "write" }]];
    expect(leastPermissions(needs)).toEqual({ actions: "write" });
    expect(permissionsBlock({ actions: "write", metadata: "read" })).toBe(
      "permissions:\n  actions: write\n",
    );
  });
});
