// Where the list from the database ends and the search index goes on, apart from a server.
import { expect, test } from "vitest";
import { formatSecond } from "./created-range.ts";
import type { Endpoint, Page, PageQuery } from "./endpoint.ts";
import { IndexBehindError } from "./errors.ts";
import { joinIndex } from "./join-index.ts";
import { Requests } from "./requests.ts";

interface Run {
  readonly id: number;
  readonly created_at: string;
}
type Row = readonly [id: number, second: number];

/** Pages of the database by their number, and what the index brings, one search after the other. */
function githubOf(pages: Readonly<Record<number, readonly Row[]>>, searches: readonly Row[][]) {
  const seen: PageQuery[] = [];
  let search = 0;
  const get = async (query: PageQuery): Promise<Page<Run>> => {
    seen.push(query);
    const rows = query.created ? searches[search++] : pages[query.page];
    if (!rows) throw new Error(`nobody was to request ${JSON.stringify(query)}`);
    return {
      items: rows.map(([id, second]) => ({ id, created_at: formatSecond(second) })),
      seconds: rows.map(([, second]) => second),
      total: 50_000,
      isLowerBound: true,
      next: true,
      response: new Response(),
    };
  };
  const endpoint = { get } as unknown as Endpoint<Run>;
  return { requests: new Requests(endpoint, 1, undefined), seen };
}

const lastRuns: Row[] = [
  [9, 1009],
  [8, 1008],
  [7, 1007],
];

test("an index that holds the last runs of the list goes on at their newest second", async () => {
  const { requests, seen } = githubOf({ 3: lastRuns }, [[...lastRuns, [6, 1006]]]);
  const joined = await joinIndex(requests, 7, 300);
  expect(joined?.second).toBe(1009);
  expect((await joined?.first.sending)?.items).toHaveLength(4);
  expect(seen).toEqual([
    { page: 3, perPage: 100 },
    { page: 1, perPage: 100, created: { from: undefined, to: 1009 } },
  ]);
});

test.each([
  { what: "the last run itself", below: 9 },
  { what: "a run above the last one", below: 5 },
])("a page of the list with $what is far enough back", async ({ below }) => {
  const { requests, seen } = githubOf({ 3: lastRuns }, [lastRuns]);
  await joinIndex(requests, below, 300);
  expect(seen).toHaveLength(2);
});

test("a list that has become longer is read farther back until a known run is found, to its first page at most", async () => {
  const pages = { 3: [[5, 1005]], 2: [[6, 1006]], 1: [[7, 1007]] } as const;
  const { requests, seen } = githubOf(pages, [[[7, 1007]]]);
  const joined = await joinIndex(requests, 50, 300);
  expect(joined?.second).toBe(1007);
  expect(seen.map(({ page }) => page)).toEqual([3, 2, 1, 1]);
});

test("what is left is older than the caller wants: the index is not read", async () => {
  const { requests, seen } = githubOf({ 3: lastRuns }, []);
  expect(await joinIndex(requests, 7, 300, 1010)).toBeUndefined();
  expect(seen).toHaveLength(1);
});

test("the oldest second that the caller wants is read", async () => {
  const { requests, seen } = githubOf({ 3: lastRuns }, [[[9, 1009]]]);
  expect(await joinIndex(requests, 7, 300, 1009)).toMatchObject({ second: 1009 });
  expect(seen[1]).toMatchObject({ created: { from: 1009, to: 1009 } });
});

test("a run counts as missing only where the index's page is complete: above its last second", async () => {
  const { requests } = githubOf({ 3: lastRuns }, [
    [
      [9, 1009],
      [4, 1008],
    ],
  ]);
  expect(await joinIndex(requests, 7, 300)).toMatchObject({ second: 1009 });
});

test("an empty index lacks what the caller wants, and nothing older", async () => {
  const older: Row[] = [
    [9, 1009],
    [8, 1008],
  ];
  const { requests } = githubOf({ 3: older }, [[], []]);
  const error = await joinIndex(requests, 8, 300, 1009).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(IndexBehindError);
  expect(error).toMatchObject({ missing: [9] });
});

test("a run that is missing once may have been deleted between the two requests: they are sent again", async () => {
  const { requests, seen } = githubOf({ 3: lastRuns }, [
    [
      [9, 1009],
      [6, 1006],
    ],
    [...lastRuns, [6, 1006]],
  ]);
  expect(await joinIndex(requests, 7, 300)).toMatchObject({ second: 1009 });
  expect(seen).toHaveLength(4);
});

test("runs that are missing twice are an error that names them, after four requests", async () => {
  const behind: Row[] = [
    [8, 1008],
    [6, 1006],
  ];
  const { requests, seen } = githubOf({ 3: lastRuns }, [behind, behind]);
  const error = await joinIndex(requests, 7, 300).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(IndexBehindError);
  expect(error).toMatchObject({ missing: [9, 7] });
  expect(seen).toHaveLength(4);
});
