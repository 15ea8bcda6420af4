import type { WorkflowRun } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import {
  afterPage,
  afterRows,
  begunAt,
  floorOf,
  isStateOf,
  newReading,
  type SyncGoal,
  type SyncReading,
  type SyncState,
  wasAhead,
} from "./sync-state.ts";

const day = 86_400;
const start = Date.UTC(2026, 0, 1) / 1000;
const at = (days: number): string => new Date((start + days * day) * 1000).toISOString();
const runAt = (id: number, days: number, more: object = {}): WorkflowRun =>
  ({ id, run_attempt: 1, status: "completed", created_at: at(days), ...more }) as WorkflowRun;
const state: SyncState = { version: 1, list: "x", open: [] };
const goal: SyncGoal = { lookback: 35 * day * 1000, since: -Infinity, attempts: false };
const reading: SyncReading = { begun: at(100), due: [] };

test("a state is of its list and version, with rows and times that can be read", () => {
  const good = {
    ...state,
    synced: at(1),
    since: "2026-01-01T00:00:00Z",
    open: [[1, 1]],
    rerun: [[1, 2]],
    reading: { ...reading, since: at(0), due: [[1, 1]], earlier: [[2, 1]], rerun: [[2, 2]] },
  };
  expect(isStateOf("x", good)).toBe(true);
  expect(isStateOf("x", state)).toBe(true);
  expect(isStateOf("y", good)).toBe(false);
  for (const name of ["begun", "since", "due", "earlier", "rerun"])
    for (const bad of [5, "x", [1], [[1]], [[1, 2, 3]], [[1, 1.5]]])
      expect(isStateOf("x", { ...good, reading: { ...good.reading, [name]: bad } }), name).toBe(
        false,
      );
  for (const name of ["version", "synced", "since", "open", "rerun", "reading"])
    for (const bad of [5, "x", [1], [[1]], null])
      expect(isStateOf("x", { ...good, [name]: bad }), name).toBe(false);
});

test("a reading began at the date of its first response, else when its newest run was created", () => {
  const pageOf = (date: string | undefined, seconds: number[]): never =>
    ({
      response: new Response(null, date === undefined ? {} : { headers: { date } }),
      seconds,
    }) as never;
  expect(begunAt(pageOf("Thu, 01 Jan 2026 00:00:00 GMT", [7]))).toBe(at(0));
  expect(begunAt(pageOf(undefined, [start - 1, start, Number.NaN]))).toBe(at(0));
  expect(begunAt(pageOf("-3", [start]))).toBe(at(0));
  expect(begunAt(pageOf("soon", []))).toBe("1970-01-01T00:00:00.000Z");
});

test("a reading begins with all rows that had not ended", () => {
  const open = [[1, 1]] as const;
  expect(newReading({ ...state, open }, at(1), goal)).toEqual({ begun: at(1), due: open });
  expect(newReading(state, at(1), { ...goal, attempts: true })).toMatchObject({ rerun: [] });
});

test("the list is read down to the lookback, or to since where that is later or the copy holds less", () => {
  const synced = { ...state, synced: at(100) };
  const floors: [SyncState, Partial<SyncGoal>, number][] = [
    [state, {}, -Infinity],
    [state, { since: start }, start],
    [synced, {}, start + 65 * day],
    [synced, { lookback: Infinity }, -Infinity],
    [synced, { since: start + 70 * day }, start + 70 * day],
    [{ ...synced, since: at(10) }, { since: start + 10 * day }, start + 65 * day],
    [{ ...synced, since: at(10) }, { since: start + 9 * day }, start + 9 * day],
    [{ ...synced, since: at(10) }, {}, -Infinity],
    [synced, { attempts: true }, -Infinity],
    [{ ...synced, rerun: [] }, { attempts: true }, start + 65 * day],
    [{ ...synced, rerun: [] }, {}, start + 65 * day],
  ];
  for (const [of, more, floor] of floors) expect(floorOf(of, { ...goal, ...more })).toBe(floor);
});

test("a clock was ahead when its reading was a day after this one", () => {
  expect(wasAhead(state, at(0))).toBe(false);
  expect(wasAhead({ ...state, synced: at(1) }, at(0))).toBe(false);
  expect(wasAhead({ ...state, synced: at(1.001) }, at(0))).toBe(true);
});

describe("a page", () => {
  test("brings rows: those that have ended are due and open no more, others are open", () => {
    const open = [
      [3, 1],
      [2, 1],
      [1, 1],
    ] as const;
    const items = [
      runAt(4, 99, { status: "queued" }),
      runAt(3, 98),
      runAt(2, 97, { status: "waiting" }),
    ];
    const [runs, after] = afterPage({ ...state, open }, { ...reading, due: open }, items, goal);
    expect(runs).toEqual(items);
    expect(after.open).toEqual([
      [1, 1],
      [4, 1],
      [2, 1],
    ]);
    expect(after.reading).toEqual({ ...reading, due: [[1, 1]], earlier: [] });
  });

  test("leaves out what is older than since; the latest since of a reading is kept", () => {
    const items = [runAt(3, 12), runAt(2, 10), runAt(1, 9), runAt(0, 9, { created_at: undefined })];
    const since = start + 10 * day;
    const [runs, after] = afterPage(state, reading, items, { ...goal, since });
    expect(runs.map(({ id }) => id)).toEqual([3, 2, 0]);
    expect(after.reading?.since).toBe("2026-01-11T00:00:00Z");
    const [, later] = afterPage(after, { ...reading, since: at(20) }, items, { ...goal, since });
    expect(later.reading?.since).toBe("2026-01-21T00:00:00Z");
  });

  test("of runs that were re-run since the floor, earlier attempts follow, and are remembered for the next reading", () => {
    const attempts = { ...goal, attempts: true };
    const before = {
      ...state,
      synced: at(90),
      rerun: [
        [7, 2],
        [6, 3],
      ],
    } as const;
    const items = [
      runAt(8, 80, { run_attempt: 3 }),
      runAt(7, 70, { run_attempt: 3 }),
      runAt(6, 65, { run_attempt: 3 }),
      runAt(5, 60, { run_attempt: 2 }),
      runAt(4, 54, { run_attempt: 2 }),
      runAt(3, 80),
    ];
    const due = [
      [8, 1],
      [5, 1],
      [3, 1],
      [1, 1],
    ] as const;
    const [runs, after] = afterPage(before, { ...reading, due, rerun: [[9, 2]] }, items, attempts);
    expect(runs).toEqual(items);
    expect(after.reading).toEqual({
      ...reading,
      due: [[1, 1]],
      earlier: [
        [8, 1],
        [8, 2],
        [7, 2],
        [5, 1],
      ],
      rerun: [
        [9, 2],
        [8, 3],
        [7, 3],
        [6, 3],
      ],
    });
    expect(after.rerun).toEqual(before.rerun);
    // A reading that began without attempts does not claim to have all of them.
    const [, other] = afterPage(state, reading, items, attempts);
    expect(other.reading?.rerun).toBeUndefined();
    expect(other.reading?.earlier).toHaveLength(2 + 2 + 2 + 1 + 1);
    const [, without] = afterPage(before, { ...reading, rerun: [] }, items, goal);
    expect(without.reading).toEqual({ ...reading, earlier: [] });
  });
});

test("rows that were read one by one are left no more, and open as they came", () => {
  const before = {
    ...state,
    open: [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
  } as const;
  const under = {
    ...reading,
    due: [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
    earlier: [
      [1, 1],
      [4, 1],
    ],
  } as const;
  const runs = [runAt(1, 1), runAt(2, 1, { status: "in_progress", run_attempt: undefined })];
  const after = afterRows(
    before,
    under,
    [
      [1, 1],
      [2, 1],
    ],
    runs,
  );
  expect(after.open).toEqual([
    [3, 1],
    [2, 1],
  ]);
  expect(after.reading).toMatchObject({ due: [[3, 1]], earlier: [[4, 1]] });
  expect(afterRows(before, reading, [[1, 1]], []).reading).toMatchObject({ due: [], earlier: [] });
});
