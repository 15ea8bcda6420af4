import { createHash } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import { unzip } from "../test/unzip.ts";
import { presets, type ActionsFake } from "./index.ts";
import { allRoutes } from "./router/routes.ts";

const where = { owner: "octo-org", repo: "octo-repo" };

function octokit(fake: ActionsFake, auth = "secret"): Octokit {
  const silent = (): void => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ auth, request: { fetch: fake.fetch }, log });
}

describe("a repository", () => {
  test("is known with its branches and the pull requests of its runs", async () => {
    const { fake, repository } = setUp();
    const { rest } = octokit(fake);
    repository.createRun({ branch: "feature/a", pull_requests: [7], head_sha: "a".repeat(40) });
    const { data } = await rest.repos.get(where);
    expect(data).toMatchObject({
      full_name: "octo-org/octo-repo",
      default_branch: "main",
      permissions: { push: true },
    });
    const branches = (await rest.repos.listBranches(where)).data;
    expect(branches.map(({ name }) => name)).toEqual(["feature/a", "main"]);
    const branch = (await rest.repos.getBranch({ ...where, branch: "feature/a" })).data;
    expect(branch.commit.sha).toBe("a".repeat(40));
    const raw = `${fake.baseUrl}/repos/octo-org/octo-repo/branches/feature/a`;
    expect((await fake.fetch(raw)).status).toBe(200);
    await expect(rest.repos.getBranch({ ...where, branch: "nope" })).rejects.toThrow(
      "Branch not found",
    );
    const pulls = (await rest.pulls.list({ ...where, head: "octo-org:feature/a" })).data;
    expect(pulls.map(({ number, head }) => [number, head.sha])).toEqual([[7, "a".repeat(40)]]);
    expect((await rest.pulls.list({ ...where, head: "octo-org:main" })).data).toEqual([]);
  });

  test("has the branches it was created with, and those it is changed to", async () => {
    const { fake } = setUp();
    const sha = "b".repeat(40);
    const commits = async (): Promise<unknown[]> =>
      (await octokit(fake).rest.repos.listBranches(where)).data.map(({ name, commit }) => [
        name,
        commit.sha,
      ]);
    const made = expect.stringMatching(/^[\da-f]{40}$/) as unknown;
    fake.repository("octo-org/octo-repo", { branches: ["next", { name: "old", sha }] });
    expect(await commits()).toEqual([
      ["main", made],
      ["next", made],
      ["old", sha],
    ]);
    const [, [, next] = []] = (await commits()) as string[][];
    const repository = fake.repository("octo-org/octo-repo", {
      branches: ["next", { name: "main", sha }],
    });
    expect(await commits()).toEqual([
      ["main", sha],
      ["next", next],
      ["old", sha],
    ]);
    // A dispatch takes them, and starts at their commits.
    repository.workflow("deploy.yml", { on: { workflow_dispatch: true } });
    const dispatch = { ...where, workflow_id: "deploy.yml", ref: "old" };
    await octokit(fake).rest.actions.createWorkflowDispatch(dispatch);
    const { data } = await octokit(fake).rest.actions.listWorkflowRunsForRepo(where);
    expect(data.workflow_runs[0]).toMatchObject({ head_branch: "old", head_sha: sha });
    expect(() => fake.repository("o/r", { branches: [{}] as never })).toThrow(
      "repository: branches[0].name is missing: give a string",
    );
  });

  /** Every route below a repository, as a method and the rest of its path. */
  const below = allRoutes().flatMap(({ method, path }): [string, string, string][] => {
    const prefix = "/repos/{owner}/{repo}";
    if (!path.startsWith(prefix)) return [];
    const rest = path.slice(prefix.length).replaceAll(/\{\w+\}/g, "1");
    return [[`${method} ${path}`, method.toUpperCase(), rest]];
  });

  test.for(below)("of somebody else is 404: %s", async ([, method, rest]) => {
    const { fake } = setUp({ tokens: { outsider: { repositories: ["octo-org/other"] } } });
    fake.repository("octo-org/secret", { private: true }).createRun(presets.failure());
    const headers = { authorization: "Bearer outsider" };
    const url = `${fake.baseUrl}/repos/octo-org/secret${rest}`;
    const response = await fake.fetch(url, { method, headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ message: "Not Found" });
  });

  test.for(below)("that was renamed redirects: %s", async ([, method, rest]) => {
    const { fake, repository } = setUp();
    repository.createRun();
    repository.rename("octo-org/new-name");
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo${rest}`;
    const moved = await fake.fetch(url, { method, redirect: "manual" });
    const location = `${fake.baseUrl}/repositories/${repository.id}${rest}`;
    const status = method === "GET" ? 301 : 307;
    expect([moved.status, moved.headers.get("location")]).toEqual([status, location]);
  });

  test("that was renamed is found where the redirects lead", async () => {
    const { fake, repository } = setUp();
    repository.createRun();
    repository.rename("octo-org/new-name");
    for (const rest of ["", "/actions/workflows", "/branches", "/commits/main/check-suites"]) {
      const url = `${fake.baseUrl}/repos/octo-org/octo-repo${rest}`;
      expect((await fake.fetch(url)).status).toBe(200);
    }
  });

  test("has faults by a neighbour's name, and those alone", async () => {
    const { fake } = setUp();
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo`;
    fake.fail("repos.listBranches", { status: 502, times: 1 });
    const status = async (rest: string): Promise<number> => (await fake.fetch(url + rest)).status;
    expect(await status("")).toBe(200);
    expect(await status("/branches")).toBe(502);
    expect(await status("/branches")).toBe(200);
  });

  test("is 304 with its tag, for nothing, until it changes", async () => {
    const { fake, repository } = setUp();
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo/branches`;
    const ask = async (tag = ""): Promise<[number, string, string]> => {
      const { status, headers } = await fake.fetch(url, { headers: { "if-none-match": tag } });
      return [status, headers.get("etag") ?? "", headers.get("x-ratelimit-used") ?? ""];
    };
    const [first, tag, used] = await ask();
    expect([first, used]).toEqual([200, "1"]);
    expect(await ask(tag)).toEqual([304, tag, "1"]);
    repository.push("another");
    const [later, other] = await ask(tag);
    expect(later).toBe(200);
    expect(other).not.toBe(tag);
  });
});

describe("workflows", () => {
  test("are paged, and found by id, file and encoded path", async () => {
    const { fake, repository } = setUp();
    for (let index = 0; index < 45; index += 1) repository.createRun({ workflow: `w${index}.yml` });
    const { rest, paginate } = octokit(fake);
    const all = await paginate(rest.actions.listRepoWorkflows, where);
    expect(all).toHaveLength(45);
    for (const workflow_id of [all[3]?.id ?? 0, "w3.yml", ".github/workflows/w3.yml"]) {
      const { data } = await rest.actions.getWorkflow({ ...where, workflow_id });
      expect(data).toMatchObject({ path: ".github/workflows/w3.yml", state: "active" });
      expect(data.node_id).toMatch(/^W_kwDO/);
      expect(data.created_at).toBe("2026-11-01T10:00:00.000Z");
    }
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/workflows`;
    const first = await fake.fetch(url);
    const again = { headers: { "if-none-match": first.headers.get("etag") ?? "" } };
    expect(first.headers.get("link")).toContain('rel="next"');
    expect((await fake.fetch(url, again)).status).toBe(304);
  });

  test("can be disabled, and are enabled again", async () => {
    const { fake, repository } = setUp();
    const workflow = repository.workflow("deploy.yml", { on: { workflow_dispatch: true } });
    const { actions } = octokit(fake).rest;
    const one = { ...where, workflow_id: "deploy.yml" };
    await actions.disableWorkflow(one);
    expect(workflow.state).toBe("disabled_manually");
    await expect(actions.createWorkflowDispatch({ ...one, ref: "main" })).rejects.toThrow(
      "disabled workflow",
    );
    await actions.enableWorkflow(one);
    expect((await actions.createWorkflowDispatch({ ...one, ref: "main" })).status).toBe(204);
  });
});

describe("the usage of a workflow", () => {
  test("is this month's, of all attempts, where the repository is private", async () => {
    const { fake, ask } = setUp();
    const usage = async (owner: string, repo: string): Promise<unknown> => {
      const one = { owner, repo, workflow_id: "ci.yml" };
      return (await octokit(fake).rest.actions.getWorkflowUsage(one)).data;
    };
    const steps = [{ name: "Run make", seconds: 57 }];
    const jobs = [
      { name: "linux", steps, conclusion: "failure" as const },
      { name: "windows", labels: ["windows-latest"], steps },
      { name: "own", labels: ["self-hosted"], steps },
    ];
    for (const name of ["octo-org/octo-repo", "octo-org/secret"]) {
      const repository = fake.repository(name, { private: name === "octo-org/secret" });
      repository.createRun({ jobs });
      repository.createRun({ workflow: "other.yml" });
    }
    const nothing = { billable: {} };
    expect(await usage("octo-org", "secret")).toEqual(nothing);
    fake.advance("1h");
    const once = { total_ms: 59_000 };
    expect(await usage("octo-org", "secret")).toEqual({
      billable: { UBUNTU: once, WINDOWS: once },
    });
    expect(await usage("octo-org", "octo-repo")).toEqual({
      billable: { UBUNTU: { total_ms: 0 }, WINDOWS: { total_ms: 0 } },
    });
    const run = (await ask("listWorkflowRuns", { repo: "secret", workflow_id: "ci.yml" })).data;
    await ask("reRunWorkflowFailedJobs", { repo: "secret", run_id: run.workflow_runs[0]?.id });
    fake.advance("1h");
    expect(await usage("octo-org", "secret")).toEqual({
      billable: { UBUNTU: { total_ms: 118_000 }, WINDOWS: once },
    });
    fake.advance("30d");
    expect(await usage("octo-org", "secret")).toEqual(nothing);
    await expect(
      octokit(fake).rest.actions.getWorkflowUsage({ ...where, workflow_id: "no.yml" }),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe("artifacts", () => {
  test("are listed once the run is over, downloaded as they were made, and deleted", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({
      artifacts: [
        { name: "report", files: { "a.txt": "green", "b/c.bin": new Uint8Array([0, 255, 128]) } },
        { name: "empty" },
      ],
    });
    const { actions } = octokit(fake).rest;
    const list = async (name?: string): Promise<string[]> =>
      (
        await actions.listWorkflowRunArtifacts({
          ...where,
          run_id: run.id,
          ...(name === undefined ? {} : { name }),
        })
      ).data.artifacts.map((artifact) => artifact.name);
    expect(await list()).toEqual([]);
    fake.advance("1h");
    expect(await list()).toEqual(["report", "empty"]);
    expect(await list("report")).toEqual(["report"]);
    const { data } = await actions.listArtifactsForRepo(where);
    const report = data.artifacts.find(({ name }) => name === "report");
    expect(report).toMatchObject({ expired: false, workflow_run: { id: run.id } });
    const one = { ...where, artifact_id: report?.id ?? 0 };
    expect((await actions.getArtifact(one)).data).toEqual(report);
    const zip = await actions.downloadArtifact({ ...one, archive_format: "zip" });
    const bytes = new Uint8Array(zip.data as ArrayBuffer);
    // As actions/download-artifact checks it.
    expect(report?.digest).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
    expect(report?.size_in_bytes).toBe(bytes.length);
    const entries = unzip(bytes);
    expect(entries.map(({ name, text }) => [name, name === "a.txt" ? text : ""])).toEqual([
      ["a.txt", "green"],
      ["b/c.bin", ""],
    ]);
    expect(JSON.parse(JSON.stringify(fake.snapshot()))).toMatchObject({ data: {} });
    await actions.deleteArtifact(one);
    await expect(actions.getArtifact(one)).rejects.toMatchObject({ status: 404 });
    expect(await list()).toEqual(["empty"]);
  });

  test("expire, and need a run that is there", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({
      status: "completed",
      artifacts: [{ name: "old", files: { a: "1" }, expired: true }, { name: "new" }],
    });
    const { actions } = octokit(fake).rest;
    const { artifacts } = (await actions.listWorkflowRunArtifacts({ ...where, run_id: run.id }))
      .data;
    expect(artifacts.map(({ name, expired }) => [name, expired])).toEqual([
      ["old", true],
      ["new", false],
    ]);
    const artifact_id = artifacts[0]?.id ?? 0;
    await expect(
      actions.downloadArtifact({ ...where, artifact_id, archive_format: "zip" }),
    ).rejects.toMatchObject({ status: 410 });
    await expect(actions.listWorkflowRunArtifacts({ ...where, run_id: 1 })).rejects.toMatchObject({
      status: 404,
    });
    fake.advance("91d");
    expect((await actions.listArtifactsForRepo(where)).data.artifacts[1]?.expired).toBe(true);
  });
});

describe("checks", () => {
  test("of a commit are its runs and their jobs", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun(presets.failure());
    const { checks } = octokit(fake).rest;
    for (const ref of ["main", run.data.head_sha]) {
      const { check_runs } = (await checks.listForRef({ ...where, ref })).data;
      expect(check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
        ["lint", "success"],
        ["build", "failure"],
        ["deploy", "skipped"],
      ]);
      const { check_suites } = (await checks.listSuitesForRef({ ...where, ref })).data;
      expect(check_suites).toMatchObject([
        { id: run.data.check_suite_id, conclusion: "failure", latest_check_runs_count: 3 },
      ]);
    }
    const check_suite_id = run.data.check_suite_id ?? 0;
    const named = { ...where, check_suite_id, check_name: "build" };
    const [build] = (await checks.listForSuite(named)).data.check_runs;
    expect(build?.output.annotations_count).toBe(1);
    const check_run_id = build?.id ?? 0;
    expect((await checks.get({ ...where, check_run_id })).data.name).toBe("build");
    expect((await checks.listAnnotations({ ...where, check_run_id })).data).toMatchObject([
      { annotation_level: "failure", message: "Process completed with exit code 1." },
    ]);
    await expect(checks.listForRef({ ...where, ref: "nope" })).rejects.toMatchObject({
      status: 422,
    });
  });
});

describe("the account", () => {
  test("is whose the token is", async () => {
    const { fake } = setUp({ tokens: { secret: { login: "mona" } } });
    expect((await octokit(fake).rest.users.getAuthenticated()).data.login).toBe("mona");
    expect((await fake.fetch(`${fake.baseUrl}/user`)).status).toBe(401);
  });

  test("has budgets for everything, and the root says where things are", async () => {
    const { fake } = setUp();
    const { rest } = octokit(fake);
    const { resources } = (await rest.rateLimit.get()).data;
    expect(resources).toMatchObject({ core: { limit: 5000 }, search: { limit: 30 } });
    expect(resources.graphql?.remaining).toBe(5000);
    expect((await rest.meta.root()).data.rate_limit_url).toBe(`${fake.baseUrl}/rate_limit`);
    expect((await rest.meta.get()).data.verifiable_password_authentication).toBe(false);
    const rate = async (version: string): Promise<unknown> => {
      const headers = { "x-github-api-version": version };
      return (await (await fake.fetch(`${fake.baseUrl}/rate_limit`, { headers })).json()).rate;
    };
    expect(await rate("2022-11-28")).toMatchObject({ limit: 5000 });
    expect(await rate("2026-03-10")).toBeUndefined();
  });
});

describe("GraphQL", () => {
  const query = async (
    fake: ActionsFake,
    text: string,
    variables: object = {},
    url = `${fake.baseUrl}/graphql`,
  ): Promise<unknown> => {
    const body = JSON.stringify({ query: text, variables });
    const headers = { authorization: "Bearer secret" };
    return (await fake.fetch(url, { method: "POST", headers, body })).json();
  };

  test("has what gh needs on its way to runs", async () => {
    const { fake, repository } = setUp();
    repository.createRun({ ...presets.failure(), branch: "feature", pull_requests: [7] });
    const text = `query($owner: String!, $name: String!) {
      viewer { login }
      repository(owner: $owner, name: $name) {
        id defaultBranchRef { name }
        pullRequests(headRefName: "feature", first: 1) {
          nodes { number headRepository { owner { login } name } }
        }
        pullRequest(number: 7) {
          commits(last: 1) { nodes { commit { statusCheckRollup {
            state contexts(first: 10) { nodes { ... on CheckRun { name conclusion } } }
          } } } }
        }
      }
    }`;
    const contexts = {
      nodes: [
        { name: "lint", conclusion: "SUCCESS" },
        { name: "build", conclusion: "FAILURE" },
        { name: "deploy", conclusion: "SKIPPED" },
      ],
    };
    expect(await query(fake, text, { owner: "octo-org", name: "octo-repo" })).toEqual({
      data: {
        viewer: { login: "octocat" },
        repository: {
          id: expect.stringMatching(/^R_kgDO/),
          defaultBranchRef: { name: "main" },
          pullRequests: {
            nodes: [
              { number: 7, headRepository: { owner: { login: "octo-org" }, name: "octo-repo" } },
            ],
          },
          pullRequest: {
            commits: {
              nodes: [{ commit: { statusCheckRollup: { state: "FAILURE", contexts } } }],
            },
          },
        },
      },
    });
    expect(fake.requests.at(-1)).toMatchObject({ operation: "graphql", status: 200 });
  });

  test("has the fields of a pull request that gh shows, empty where the fake knows nothing", async () => {
    const { fake, repository } = setUp();
    repository.createRun({
      ...presets.failure(),
      actor: "mona",
      branch: "feature",
      pull_requests: [7],
    });
    repository.createRun({ branch: "other", pull_requests: [8] });
    // As `gh pr view` sends it, with what gh 2.23 and later add for `--json`.
    const text = `{ repository(owner: "octo-org", name: "octo-repo") { pullRequest(number: 7) {
      author { login ... on User { id name } } mergeable mergeStateStatus reviewDecision isInMergeQueue
      reviewRequests(first: 9) { nodes { requestedReviewer { __typename ... on Team { slug } } } }
      reviews(first: 9) { nodes { id author { login } } pageInfo { hasNextPage } totalCount }
      labels(first: 9) { nodes { name } totalCount } milestone { title } reactionGroups { content }
      comments(first: 9) { nodes { body } totalCount } files(first: 9) { nodes { path } }
      projectItems(first: 9) { nodes { id project { title } } totalCount }
      closingIssuesReferences(first: 9) { nodes { number } }
      baseRef { name branchProtectionRule { requiresStrictStatusChecks } }
      commits(first: 9) { totalCount nodes { commit {
        messageHeadline authors(first: 9) { nodes { name user { login } } }
        statusCheckRollup { contexts { checkRunCount checkRunCountsByState { state count } } }
      } } }
    } } }`;
    const { data, errors } = (await query(fake, text)) as {
      data: { repository: { pullRequest: Record<string, unknown> } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.repository.pullRequest).toMatchObject({
      author: { login: "mona", name: "mona" },
      mergeStateStatus: "UNSTABLE",
      reviewDecision: null,
      reviews: { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } },
      labels: { nodes: [] },
      baseRef: { name: "main", branchProtectionRule: null },
      commits: {
        totalCount: 1,
        nodes: [
          {
            commit: {
              authors: { nodes: [{ name: "mona", user: null }] },
              statusCheckRollup: {
                contexts: {
                  checkRunCount: 3,
                  checkRunCountsByState: [
                    { state: "SUCCESS", count: 1 },
                    { state: "FAILURE", count: 1 },
                    { state: "SKIPPED", count: 1 },
                  ],
                },
              },
            },
          },
        ],
      },
    });
  });

  test("finds pull requests by the qualifiers that gh pr status and list send", async () => {
    const { fake, repository } = setUp();
    repository.createRun({ actor: "mona", branch: "feature", pull_requests: [7] });
    repository.createRun({ branch: "other", pull_requests: [8] });
    const text = `query($q: String!) { search(query: $q, type: ISSUE, first: 1) {
      issueCount edges { node { ... on PullRequest { number } } } pageInfo { hasNextPage }
    } }`;
    const found = async (q: string): Promise<unknown> => {
      const { data } = (await query(fake, text, { q })) as {
        data: { search: { issueCount: number; edges: { node: { number: number } }[] } };
      };
      return [data.search.issueCount, ...data.search.edges.map(({ node }) => node.number)];
    };
    const repo = "repo:octo-org/octo-repo";
    expect(await found(`${repo} state:open is:pr`)).toEqual([2, 8]);
    expect(await found(`${repo} state:open is:pr author:mona`)).toEqual([1, 7]);
    expect(await found(`is:pr head:feature ${repo}`)).toEqual([1, 7]);
    expect(await found(`${repo} state:open review-requested:octocat`)).toEqual([0]);
    expect(await found(`${repo} is:closed state:closed`)).toEqual([0]);
    expect(await found("repo:octo-org/missing is:pr")).toEqual([0]);
  });

  test("has errors for what is not there, private, or no field", async () => {
    const { fake } = setUp({ tokens: { secret: { repositories: ["octo-org/octo-repo"] } } });
    fake.repository("octo-org/secret", { private: true });
    for (const name of ["nope", "secret"]) {
      const text = `{ repository(owner: "octo-org", name: "${name}") { id } }`;
      expect(await query(fake, text)).toMatchObject({
        data: { repository: null },
        errors: [{ type: "NOT_FOUND", path: ["repository"] }],
      });
    }
    expect(await query(fake, "{ viewer { shoeSize } }")).toMatchObject({
      errors: [{ message: expect.stringContaining("shoeSize") }],
    });
    const anonymous = await fake.fetch(`${fake.baseUrl}/graphql`, { method: "POST", body: "{}" });
    expect(anonymous.status).toBe(401);
  });

  test("says what is wrong with a request in its own form", async () => {
    const { fake } = setUp();
    const wrong = async (variables: unknown): Promise<unknown> =>
      query(fake, "{ viewer { login } }", variables as object);
    const errors = [{ message: "The variables attribute must be an object." }];
    for (const variables of [5, "x", true, []]) expect(await wrong(variables)).toEqual({ errors });
    expect(await wrong(null)).toEqual({ data: { viewer: { login: "octocat" } } });
  });

  test("is beside /api/v3 on GHES", async () => {
    const { fake } = setUp({ baseUrl: "https://ghe.test/api/v3" });
    const url = "https://ghe.test/api/graphql";
    expect(await query(fake, "{ viewer { login } }", {}, url)).toEqual({
      data: { viewer: { login: "octocat" } },
    });
  });
});
