import { describe, expect, test } from "vitest";
import { guarded } from "../cache/guarded-store.ts";
import { MemoryStore } from "../cache/memory-store.ts";
import type { BudgetState } from "./budget.ts";
import { sharedBudget, worthSharing } from "./shared-budget.ts";

const now = Date.UTC(2026, 0, 1);
const quota = { limit: 5000, remaining: 4000, reset: now + 3_600_000 };
const state: BudgetState = { quota, blockedUntil: 0, blockedBy: "primary" };
const left = (remaining: number): BudgetState => ({ ...state, quota: { ...quota, remaining } });
const until = (reset: number): BudgetState => ({ ...state, quota: { ...quota, reset } });

describe("a shared budget", () => {
  const open = (store = new MemoryStore(), baseUrl = "https://api.github.com") =>
    sharedBudget(guarded(store), baseUrl, () => now);

  test("is of one token on one host", async () => {
    const store = new MemoryStore();
    await open(store).write("Bearer a", state);
    expect(await open(store).read("Bearer a")).toEqual(state);
    expect(await open(store).read("Bearer b")).toBeUndefined();
    expect(await open(store, "https://ghes.example/api/v3").read("Bearer a")).toBeUndefined();
  });

  test("forgets neither the longest wait nor the lowest remaining that any process wrote", async () => {
    const store = new MemoryStore();
    await open(store).write("t", left(10));
    await open(store).write("t", { ...state, blockedUntil: now + 60_000, blockedBy: "secondary" });
    await open(store).write("t", { ...left(900), blockedUntil: now + 5 });
    expect(await open(store).read("t")).toEqual({
      ...left(10),
      blockedUntil: now + 60_000,
      blockedBy: "secondary",
    });
  });

  test("keeps nothing that has passed, and reads nothing that is not a budget", async () => {
    const store = new MemoryStore();
    await open(store).write("t", until(now - 1));
    expect(await open(store).read("t")).toBeUndefined();
    for (const quota of ['{"limit":1}', "{}", "5", "[]", '"abc"']) {
      const broken = {
        get: () => Promise.resolve(`{"quota":${quota},"blockedUntil":0}`),
        set: () => Promise.resolve(),
        delete: () => Promise.resolve(),
      };
      expect(await sharedBudget(guarded(broken), "x").read("t")).toBeUndefined();
    }
  });

  test.each([
    ["nothing shared yet", undefined, true],
    ["the same again", state, false],
    ["one request later", left(4001), false],
    ["a hundredth of the budget later", left(4050), true],
    ["a wait", { ...state, blockedUntil: -1 }, true],
    ["a new hour", until(now), true],
  ])("%s: is it worth sharing?", (_, last, expected) => {
    expect(worthSharing(state, last)).toBe(expected);
  });
});
