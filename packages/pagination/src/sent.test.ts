// What is requested, and that nothing more is: both readers over servers in this process.
import { createClient } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import { CrowdedSecondError, paginate, UnstableListError } from "./index.ts";
import { iso } from "../test/model.ts";

const repository = { owner: "o", repo: "r" };
const start = 1_777_600_000;

interface Listed {
  readonly id: number;
  readonly created_at: string;
}
interface Sent {
  readonly page: number;
  readonly perPage: number;
  readonly created: string | null;
}

/** Runs, the newest first, one each `apart` seconds. */
const runsOf = (count: number, apart = 1): Listed[] =>
  Array.from({ length: count }, (_, index) => ({
    id: 9000 - index,
    created_at: iso(start - Math.floor(apart * index)),
  }));

/** A server as GitHub's that remembers what was sent. All that is sent at a time is a round; its responses leave in order. */
function serverOf(
  listAt: (number: number) => readonly Listed[],
  cap = 100,
  change: (body: { total_count: number; workflow_runs: Listed[] }, sent: Sent) => object = (body) =>
    body,
) {
  const sent: Sent[] = [];
  let rounds = 0;
  let busy = 0;
  let busiest = 0;
  let canceled = 0;
  const fetch = async (
    input: string | URL | Request,
    init: RequestInit | undefined,
  ): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const query = url.searchParams;
    const page = Number(query.get("page") ?? 1);
    const perPage = Math.min(cap, Number(query.get("per_page") ?? 30));
    const number = sent.push({
      page,
      perPage: Number(query.get("per_page")),
      created: query.get("created"),
    });
    if (number > 500) throw new Error("no end");
    if (busy++ === 0) rounds++;
    busiest = Math.max(busiest, busy);
    for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
    busy--;
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    if (signal?.aborted) canceled++;
    signal?.throwIfAborted();
    const [from = Number.NaN, to = Number.NaN] =
      query
        .get("created")
        ?.split("..")
        .map((at) => Date.parse(at)) ?? [];
    const all = listAt(number).filter(
      ({ created_at }) => !(Date.parse(created_at) < from) && !(Date.parse(created_at) > to),
    );
    const items = all.slice((page - 1) * perPage, page * perPage);
    const isSearch = query.has("created") || query.has("status");
    const body = {
      total_count: isSearch ? Math.min(2500, all.length) : all.length,
      workflow_runs: items,
    };
    const end = Math.min(isSearch ? 1000 : Infinity, all.length);
    const rel = page * perPage < end ? "next" : "first";
    return Response.json(change(body, sent.at(-1)!), {
      headers: { link: `<https://h/?page=2>; rel="${rel}"` },
    });
  };
  const github = createClient({ fetch, retry: false });
  return {
    github,
    sent,
    get rounds() {
      return rounds;
    },
    get busiest() {
      return busiest;
    },
    get canceled() {
      return canceled;
    },
  };
}

type Server = ReturnType<typeof serverOf>;
const list = ({ github }: Server, concurrency: number, parameters: object = {}) =>
  paginate(github, "listWorkflowRunsForRepo", { ...repository, ...parameters }, { concurrency });
const idsOf = (runs: readonly { id: number }[]): number[] => runs.map(({ id }) => id);
const pagesOf = ({ sent }: Server): string[] =>
  sent.map(({ page, perPage }) => `${page} of ${perPage}`);
const windowsOf = ({ sent }: Server): (string | null)[] =>
  sent.map(({ created }) =>
    created === null
      ? null
      : created
          .split("..")
          .map((at) => (at === "*" ? at : Date.parse(at) / 1000 - start))
          .join(".."),
  );
const failures = { status: "failure" };

describe("by time", () => {
  test("one after the other, each request begins at the last second of the one before", async () => {
    const server = serverOf(() => runsOf(250));
    expect(idsOf(await list(server, 1, failures).toArray())).toEqual(idsOf(runsOf(250)));
    expect(windowsOf(server)).toEqual([null, "*..-99", "*..-198"]);
  });

  test("with concurrency, windows of 85 runs, an open one behind them, and so on behind that", async () => {
    const server = serverOf(() => runsOf(600));
    expect(idsOf(await list(server, 3, failures).toArray())).toEqual(idsOf(runsOf(600)));
    expect(windowsOf(server)).toEqual([
      null,
      "-188..-99",
      "-278..-189",
      "*..-279",
      "-467..-378",
      "-557..-468",
      "*..-558",
    ]);
    expect([server.rounds, server.busiest]).toEqual([3, 3]);
  });

  test("no more windows than hold what is left by the count, nor than what is wanted", async () => {
    const server = serverOf(() => runsOf(250));
    await list(server, 6, failures).toArray();
    expect(windowsOf(server)).toEqual([null, "-188..-99", "*..-189"]);
    const wanted = serverOf(() => runsOf(600));
    expect(await list(wanted, 6, failures).take(250)).toHaveLength(250);
    expect(windowsOf(wanted)).toEqual([null, "-188..-99", "*..-189"]);
    const little = serverOf(() => runsOf(600));
    await list(little, 6, failures).take(200);
    expect(windowsOf(little)).toEqual([null, "-188..-99", "*..-189"]);
    const less = serverOf(() => runsOf(600));
    await list(less, 6, failures).take(199);
    expect(windowsOf(less)).toEqual([null, "*..-99", "*..-198"]);
    // Beyond 2,500 there is no count.
    const many = serverOf(() => runsOf(3000));
    await list(many, 6, failures).take(1000);
    expect(windowsOf(many).slice(0, 7)).toHaveLength(7);
    expect(many.busiest).toBe(6);
  });

  test("windows that are too full go on at once, within the concurrency, and in order", async () => {
    // A hundred runs in 100 seconds, then ten each second.
    const runs = [
      ...runsOf(100),
      ...runsOf(2000, 0.1).map(({ id, created_at }) => ({
        id: id - 100,
        created_at: iso(Date.parse(created_at) / 1000 - 100),
      })),
    ];
    const server = serverOf(() => runs);
    expect(idsOf(await list(server, 4, failures).toArray())).toEqual(idsOf(runs));
    expect(server.busiest).toBe(4);
    expect([server.sent.length, server.rounds]).toEqual([25, 19]);
  });

  test("a second of exactly 1,000 runs is read, one of 1,001 is an error", async () => {
    const server = serverOf(() => runsOf(1000, 0));
    expect(idsOf(await list(server, 2, failures).toArray())).toEqual(idsOf(runsOf(1000, 0)));
    const alone = serverOf(() => runsOf(1000, 0));
    await list(alone, 1, failures).toArray();
    expect(alone.busiest).toBe(1);
    await expect(
      list(
        serverOf(() => runsOf(1001, 0)),
        2,
        failures,
      ).toArray(),
    ).rejects.toThrow(CrowdedSecondError);
  });

  test("empty pages though more should follow are an error after ten, and forgotten when one is not empty", async () => {
    const all = runsOf(250);
    const flaky: Server = serverOf(
      () => all,
      100,
      (body) => {
        const number = flaky.sent.length;
        return number === 11 || number >= 22 ? body : { ...body, workflow_runs: [] };
      },
    );
    expect(await list(flaky, 1, failures).toArray()).toHaveLength(250);
    const dead = serverOf(
      () => all,
      100,
      (body) => ({ ...body, workflow_runs: [] }),
    );
    const reading = list(dead, 1, failures).toArray();
    await expect(reading).rejects.toThrow(UnstableListError);
    await expect(reading).rejects.toThrow("the server counts 250 runs");
    expect(dead.sent).toHaveLength(11);
  });
});

describe("by position", () => {
  test("one after the other, plain pages", async () => {
    const server = serverOf(() => runsOf(250));
    expect(idsOf(await list(server, 1).toArray())).toEqual(idsOf(runsOf(250)));
    expect(pagesOf(server)).toEqual(["1 of 100", "2 of 100", "3 of 100"]);
  });

  test("with concurrency, pages that overlap", async () => {
    const server = serverOf(() => runsOf(700));
    expect(idsOf(await list(server, 3).toArray())).toEqual(idsOf(runsOf(700)));
    expect(pagesOf(server)).toEqual([
      "1 of 100",
      "2 of 98",
      "3 of 97",
      "4 of 96",
      "5 of 95",
      "6 of 94",
      "7 of 93",
      "8 of 92",
    ]);
    expect(server.busiest).toBe(3);
  });
  test("four at a time, one who takes all requests the first three pages at once, and then goes on", async () => {
    const server = serverOf(() => runsOf(2000));
    expect(idsOf(await list(server, 4).toArray())).toEqual(idsOf(runsOf(2000)));
    expect([server.sent.length, server.busiest]).toEqual([23, 4]);
    expect(pagesOf(server).slice(0, 3)).toEqual(["1 of 100", "2 of 98", "3 of 97"]);
  });

  test.each([
    { how: "toArray()", concurrency: 4, sent: 3 },
    { how: "toArray()", concurrency: 3, sent: 1 },
    { how: "take(150)", concurrency: 4, sent: 2 },
    { how: "take(100)", concurrency: 4, sent: 1 },
    { how: "pages()", concurrency: 4, sent: 1 },
  ])("$how of 50 runs with concurrency $concurrency: $sent sent", async ({ how, ...expected }) => {
    const server = serverOf(() => runsOf(50));
    const runs = list(server, expected.concurrency);
    if (how === "pages()") for await (const _page of runs.pages());
    else await (how === "toArray()" ? runs.toArray() : runs.take(Number.parseInt(how.slice(5))));
    expect(server.sent).toHaveLength(expected.sent);
  });

  test("a deletion takes back what was requested behind it, and requests a page that joins", async () => {
    const all = runsOf(700);
    const left = all.filter((_, index) => index >= 20);
    const server = serverOf((number) => (number < 5 ? all : left));
    expect(await list(server, 3).toArray()).toHaveLength(700);
    expect(pagesOf(server)).toEqual([
      "1 of 100",
      "2 of 98",
      "3 of 97",
      "4 of 96",
      "5 of 95",
      "6 of 94",
      "7 of 93",
      "5 of 93",
      "6 of 92",
      "7 of 91",
      "4 of 100",
      "5 of 99",
      "6 of 98",
      "7 of 97",
      "8 of 96",
    ]);
    expect(server.canceled).toBe(4);
  });

  test("nothing behind the count, and no more than is wanted", async () => {
    const server = serverOf(() => runsOf(196));
    expect(await list(server, 3).toArray()).toHaveLength(196);
    expect(pagesOf(server)).toEqual(["1 of 100", "2 of 98"]);
    const few = serverOf(() => runsOf(196));
    expect(await list(few, 3).take(5)).toHaveLength(5);
    expect(pagesOf(few)).toEqual(["1 of 5"]);
  });

  test("pages of 20 at least behind the first, and of one where the server makes no larger ones", async () => {
    const small = serverOf(() => runsOf(30));
    await list(small, 1, { per_page: 5 }).toArray();
    expect(pagesOf(small).slice(0, 2)).toEqual(["1 of 5", "1 of 20"]);
    const capped = serverOf(() => runsOf(30), 7);
    await list(capped, 1, { per_page: 20 }).toArray();
    expect(pagesOf(capped).slice(0, 2)).toEqual(["1 of 20", "2 of 7"]);
    const single = serverOf(() => runsOf(30), 1);
    await list(single, 1).toArray();
    expect(single.sent).toHaveLength(30);
  });

  test("a list on one page is one request, in whichever order", async () => {
    const server = serverOf(() => runsOf(30).toReversed());
    expect(await list(server, 3).toArray()).toHaveLength(30);
    expect(server.sent).toHaveLength(1);
  });

  test("a list in an order of its own that it keeps is not read twice behind a cursor", async () => {
    const runs = runsOf(400).toReversed();
    const taken = list(
      serverOf(() => runs),
      1,
    );
    const first = idsOf(await taken.take(100));
    const server = serverOf(() => runs);
    const rest = paginate(server.github, "listWorkflowRunsForRepo", repository, {
      from: taken.cursor,
      concurrency: 1,
    });
    expect([...first, ...idsOf(await rest.toArray())]).toEqual(idsOf(runs));
    expect(server.sent).toHaveLength(4);
  });
});

describe.each([{}, failures])("parameters %j", (parameters) => {
  test("the cursor behind every page gives exactly the rest", async () => {
    const all = runsOf(600, 0.3);
    const read: number[] = [];
    for await (const { items, cursor } of list(
      serverOf(() => all),
      3,
      parameters,
    ).pages()) {
      read.push(...idsOf(items));
      const rest = paginate(
        serverOf(() => all).github,
        "listWorkflowRunsForRepo",
        { ...repository, ...parameters },
        { from: cursor },
      );
      expect([...read, ...idsOf(await rest.toArray())]).toEqual(idsOf(all));
    }
  });

  test("behind a cursor whose position the list no longer reaches, it goes back", async () => {
    const all = runsOf(400);
    const taken = list(
      serverOf(() => all),
      1,
      parameters,
    );
    await taken.take(300);
    const left = serverOf(() => all.slice(200));
    const rest = paginate(
      left.github,
      "listWorkflowRunsForRepo",
      { ...repository, ...parameters },
      { from: taken.cursor },
    );
    expect(idsOf(await rest.toArray())).toEqual(idsOf(all.slice(300)));
  });

  test.each([
    { cap: 1, per_page: 100 },
    { cap: 7, per_page: 20 },
    { cap: 7, per_page: 10 },
    { cap: 50, per_page: 100 },
  ])(
    "pages of $cap at most, of which $per_page are requested, are read to the end",
    async ({ cap, per_page }) => {
      const runs = runsOf(cap === 1 ? 120 : 55);
      const server = serverOf(() => runs, cap);
      expect(idsOf(await list(server, 1, { ...parameters, per_page }).toArray())).toEqual(
        idsOf(runs),
      );
    },
  );
});
