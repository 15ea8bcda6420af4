// Servers that respond as GitHub, GHES and other forges were seen to: each stands for a kind of fault.
import { createClient } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import { IndexBehindError, paginate, UnstableListError } from "./index.ts";
import { runFilter } from "./run-filter.ts";
import { GitHubModel, iso, type ModelRun, quiet, randomOf } from "../test/model.ts";

const repository = { owner: "o", repo: "r" };
const start = 1_777_600_000;
const minutes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: 9000 - index,
    created_at: iso(start - 60 * index),
  }));

interface Listed {
  readonly id: number;
  readonly created_at?: string;
}

/** A server without a Link header. */
function serverOf(
  list: (query: URLSearchParams, index: number) => { all: Listed[]; hidden?: Set<number> },
  perPageOf = (wanted: number) => wanted,
  link?: string,
) {
  let requests = 0;
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    if (++requests > 2000) throw new Error("2,000 requests");
    const query = new URL(input instanceof Request ? input.url : input).searchParams;
    const perPage = perPageOf(Number(query.get("per_page") ?? 30));
    const page = Number(query.get("page") ?? 1);
    const { all, hidden } = list(query, requests);
    const items = all
      .slice((page - 1) * perPage, page * perPage)
      .filter(({ id }) => !hidden?.has(id));
    return Response.json(
      { total_count: all.length, workflow_runs: items, jobs: items },
      link ? { headers: { link } } : {},
    );
  };
  return { github: createClient({ fetch, retry: false }), requests: () => requests };
}

const created = (query: URLSearchParams, all: Listed[]): Listed[] => {
  const [from, to] =
    query
      .get("created")
      ?.split("..")
      .map((at) => (at === "*" ? Number.NaN : Date.parse(at))) ?? [];
  return all.filter(
    ({ created_at = "" }) => !(Date.parse(created_at) < from!) && !(Date.parse(created_at) > to!),
  );
};

describe.each([{}, { branch: "main" }])("parameters %j", (filter) => {
  test("a page that is short because items are hidden is not the end", async () => {
    const hidden = new Set([9000, 8999, 8850, 8760]);
    const { github } = serverOf((query) => ({ all: created(query, minutes(250)), hidden }));
    const runs = await paginate(github, "listWorkflowRunsForRepo", {
      ...repository,
      ...filter,
    }).toArray();
    expect(runs.map(({ id }) => id)).toEqual(
      minutes(250)
        .map(({ id }) => id)
        .filter((id) => !hidden.has(id)),
    );
  });

  test.each([
    ["heeds neither per_page nor created", () => 30, false, undefined],
    [
      "makes pages of 30 at most, and always names a next one",
      (wanted: number) => Math.min(30, wanted),
      true,
      '<https://h/?page=2>; rel="next"',
    ],
    ["makes pages of 7 at most", (wanted: number) => Math.min(7, wanted), true, undefined],
  ])("a server that %s is read to its end", async (_, perPageOf, knowsCreated, link) => {
    const { github } = serverOf(
      (query) => ({ all: knowsCreated ? created(query, minutes(800)) : minutes(800) }),
      perPageOf,
      link,
    );
    const list = paginate(github, "listWorkflowRunsForRepo", { ...repository, ...filter });
    const ids = (await list.toArray()).map(({ id }) => id);
    expect(ids).toEqual(minutes(800).map(({ id }) => id));
    expect(list.truncated).toBe(false);
  });

  test("runs without created_at, as Gitea's, are read by position", async () => {
    const all = minutes(130).map(({ id }) => ({ id }));
    const { github } = serverOf(
      () => ({ all }),
      () => 50,
    );
    const runs = await paginate(github, "listWorkflowRunsForRepo", {
      ...repository,
      ...filter,
    }).toArray();
    expect(runs.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  test("times with an offset are times", async () => {
    const all = minutes(230).map(({ id, created_at }) => ({
      id,
      created_at: created_at.replace("Z", "+00:00"),
    }));
    const { github } = serverOf((query) => ({ all: created(query, all) }));
    expect(
      await paginate(github, "listWorkflowRunsForRepo", { ...repository, ...filter }).toArray(),
    ).toHaveLength(230);
  });

  test("one deletion together with another order within a second loses nothing", async () => {
    for (const shift of [0, 1]) {
      const all = Array.from({ length: 800 }, (_, index) => ({
        id: 9000 - index,
        created_at: iso(start - ((index + 1 - shift) >> 1)),
      }));
      let requests = 0;
      const { github } = serverOf((query) => {
        if (++requests === 2) {
          const [a, b] = [all[99]!, all[100]!];
          if (a.created_at === b.created_at) [all[99], all[100]] = [b, a];
          all.splice(50, 1);
        }
        return { all: created(query, all) };
      });
      const before = all.map(({ id }) => id);
      const runs = await paginate(
        github,
        "listWorkflowRunsForRepo",
        { ...repository, ...filter },
        { concurrency: 1 },
      ).toArray();
      const ids = new Set(runs.map(({ id }) => id));
      expect(before.filter((id) => !ids.has(id) && all.some((run) => run.id === id))).toEqual([]);
    }
  });

  test("120 runs of one second, in another order at every request, come all", async () => {
    const random = randomOf(7);
    const all = Array.from({ length: 120 }, (_, index) => ({
      id: 9000 - index,
      created_at: iso(start),
    }));
    for (let round = 0; round < 50; round++) {
      const { github, requests } = serverOf(() => ({
        all: all
          .map((run) => ({ run, rank: random.below(1e9) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ run }) => run),
      }));
      const runs = await paginate(github, "listWorkflowRunsForRepo", {
        ...repository,
        ...filter,
      }).toArray();
      expect(new Set(runs.map(({ id }) => id)).size).toBe(120);
      expect(requests()).toBeLessThan(120);
    }
  });

  test("a server that shows the same page for ever is a typed error after a bounded number of requests", async () => {
    const same = minutes(100);
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests++;
      return Response.json(
        { total_count: 500, workflow_runs: same },
        { headers: { link: '<https://h/?page=2>; rel="next"' } },
      );
    };
    const list = paginate(createClient({ fetch, retry: false }), "listWorkflowRunsForRepo", {
      ...repository,
      ...filter,
    });
    await expect(list.toArray()).rejects.toBeInstanceOf(UnstableListError);
    expect(requests).toBeLessThan(150);
  });
});

test("jobs on a server with pages of 50 at most", async () => {
  const all = Array.from({ length: 120 }, (_, index) => ({ id: index + 1 }));
  const { github } = serverOf(
    () => ({ all }),
    () => 50,
  );
  expect(
    await paginate(github, "listJobsForWorkflowRun", { ...repository, run_id: 1 }).toArray(),
  ).toHaveLength(120);
});

function runsOf(
  count: number,
  indexed: (index: number) => boolean = () => true,
  apart = 7,
): ModelRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 1000 + 3 * index,
    created: start + apart * index,
    status: index % 5 === 0 ? "failure" : "success",
    indexedAt: indexed(index) ? 0 : Infinity,
    hidden: false,
  }));
}

test("a list without filters does not touch the index: an outage of it loses nothing", async () => {
  const model = new GitHubModel(
    runsOf(400, () => false),
    quiet,
    randomOf(1),
  );
  const github = createClient({ fetch: model.fetch });
  expect(await paginate(github, "listWorkflowRunsForRepo", repository).toArray()).toHaveLength(400);
  expect(model.queries.filter((query) => "created" in query)).toEqual([]);
});

test('source: "list" reads failures that the index does not know', async () => {
  const model = new GitHubModel(
    runsOf(400, () => false),
    quiet,
    randomOf(1),
  );
  const github = createClient({ fetch: model.fetch });
  const parameters = { ...repository, status: "failure" } as const;
  expect(await paginate(github, "listWorkflowRunsForRepo", parameters).toArray()).toEqual([]);
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, { source: "list" });
  expect(await list.toArray()).toHaveLength(80);
  expect(list.totalCount).toEqual({ count: 80, exact: true });
  expect(await list.count()).toBe(80);
  expect(await list.take(3)).toHaveLength(3);
  expect(list.totalCount).toEqual({ count: 3, exact: false });
});

test('source: "list" with a lower bound of created does not read what is older', async () => {
  const model = new GitHubModel([], quiet, randomOf(1));
  model.runs = runsOf(4000, () => true, 3600).toReversed();
  const github = createClient({ fetch: model.fetch });
  const parameters = { ...repository, created: `>=${iso(start + 3600 * 3800)}` };
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, { source: "list" });
  expect(await list.toArray()).toHaveLength(200);
  // The page that holds the bound, and what a day may hide behind it.
  expect(model.requests).toBeLessThanOrEqual(3);
  expect(list.totalCount).toEqual({ count: 200, exact: true });
});

test('source: "list" without a match has one page, which is empty, and a count that is exact', async () => {
  const model = new GitHubModel([], quiet, randomOf(1));
  model.runs = runsOf(400, () => true, 3600).toReversed();
  const github = createClient({ fetch: model.fetch });
  const parameters = { ...repository, created: `>=${iso(start + 3600 * 500)}` };
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, { source: "list" });
  const pages = [];
  for await (const { items, totalCount } of list.pages()) pages.push({ items, totalCount });
  expect(pages).toEqual([{ items: [], totalCount: { count: 0, exact: true } }]);
  expect(model.requests).toBe(1);
});

test('source: "list" with beyondLimit "truncate" ends where the database does, and says so', async () => {
  const model = new GitHubModel(runsOf(41_000), quiet, randomOf(1));
  const github = createClient({ fetch: model.fetch });
  const parameters = { ...repository, status: "failure" } as const;
  const options = { source: "list", beyondLimit: "truncate" } as const;
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, options);
  const failures = model.runs.slice(0, 40_000).filter(({ status }) => status === "failure");
  const { length } = await list.toArray();
  expect([length, list.truncated]).toEqual([failures.length, true]);
  expect(list.totalCount).toEqual({ count: failures.length, exact: false });
  // Behind that end there is nothing but the index.
  const { cursor } = list;
  const rest = paginate(github, "listWorkflowRunsForRepo", parameters, {
    ...options,
    from: cursor,
  });
  expect(await rest.toArray()).toEqual([]);
  expect(rest.truncated).toBe(true);
  const beyond = paginate(github, "listWorkflowRunsForRepo", parameters, {
    source: "list",
    from: cursor,
  });
  const all = model.runs.filter(({ status }) => status === "failure").length;
  expect((await beyond.toArray()).length).toBe(all - failures.length);
  expect(beyond.truncated).toBe(false);
});

test("beyond 40,000 an index that lacks the last runs is an error, with a cursor to go on from", async () => {
  const runs = runsOf(41_000, (index) => index < 900 || index >= 1100);
  const model = new GitHubModel(runs, quiet, randomOf(1));
  const github = createClient({ fetch: model.fetch });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  const found: number[] = [];
  const reading = (async () => {
    for await (const { id } of list) found.push(id);
  })();
  await expect(reading).rejects.toBeInstanceOf(IndexBehindError);
  await expect(reading).rejects.toMatchObject({
    missing: expect.arrayContaining([1000 + 3 * 1050]),
  });
  expect(found).toHaveLength(40_000);
  model.runs = runsOf(41_000).toReversed();
  const rest = paginate(github, "listWorkflowRunsForRepo", repository, { from: list.cursor });
  found.push(...(await rest.toArray()).map(({ id }) => id));
  expect(found).toEqual(model.runs.map(({ id }) => id));
});

test.each([
  [{ actor: "Mona" }, true],
  [{ actor: "hubot" }, false],
  [{ branch: "main" }, true],
  [{ branch: "Main" }, false],
  [{ event: "push" }, true],
  [{ event: "schedule" }, false],
  [{ status: "completed" }, true],
  [{ status: "failure" }, true],
  [{ status: "success" }, false],
  [{ head_sha: "ABC123" }, true],
  [{ check_suite_id: 55 }, true],
  [{ check_suite_id: 5 }, false],
  [{ branch: "main", event: "schedule" }, false],
  [{ exclude_pull_requests: true }, undefined],
])("%j filters here as GitHub does: %s", (parameters, passes) => {
  const run = {
    id: 1,
    actor: { login: "mona" },
    head_branch: "main",
    event: "push",
    status: "completed",
    conclusion: "failure",
    head_sha: "abc123",
    check_suite_id: 55,
  };
  expect(runFilter(parameters, {})?.(run)).toBe(passes);
});

test("a run without an actor is nobody's, also not that of a user of this name", () => {
  for (const actor of ["null", "undefined"])
    expect(runFilter({ actor }, {})?.({ id: 1, actor: null })).toBe(false);
});

test("created filters here to the second, both ends included; a run without created_at cannot be filtered", () => {
  const passes = runFilter({ created: "x" }, { from: start, to: start + 1 })!;
  expect([-1, 0, 1, 2].map((offset) => passes({ id: 1, created_at: iso(start + offset) }))).toEqual(
    [false, true, true, false],
  );
  expect(() => passes({ id: 7 })).toThrow("run 7 has no created_at");
});
