import { describe, expect, it } from "vitest";
import { type BudgetState, merge } from "./budget.ts";
import { MemoryStore } from "./memory-store.ts";
import { sharedBudget, worthTelling } from "./shared-budget.ts";

const now = Date.UTC(2026, 0, 1);
const told = { limit: 5000, remaining: 4000, reset: now + 3_600_000 };
const state: BudgetState = { told, blockedUntil: 0, blockedBy: "primary" };
const left = (remaining: number): BudgetState => ({ ...state, told: { ...told, remaining } });
const until = (reset: number): BudgetState => ({ ...state, told: { ...told, reset } });

describe("a shared budget", () => {
  const open = (store = new MemoryStore(), baseUrl = "https://api.github.com") =>
    sharedBudget(store, baseUrl, merge, () => now);

  it("is of one token on one host", async () => {
    const store = new MemoryStore();
    await open(store).write("Bearer a", state);
    expect(await open(store).read("Bearer a")).toEqual(state);
    expect(await open(store).read("Bearer b")).toBeUndefined();
    expect(await open(store, "https://ghes.example/api/v3").read("Bearer a")).toBeUndefined();
  });

  it("forgets neither the longest wait nor the lowest remaining that any process told", async () => {
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

  it("keeps nothing that has passed, and reads nothing that is not a budget", async () => {
    const store = new MemoryStore();
    await open(store).write("t", until(now - 1));
    expect(await open(store).read("t")).toBeUndefined();
    for (const told of ['{"limit":1}', "{}", "5", "[]", '"abc"']) {
      const broken = {
        get: () => Promise.resolve(`{"told":${told},"blockedUntil":0}`),
        set: () => Promise.resolve(),
        delete: () => Promise.resolve(),
      };
      expect(await sharedBudget(broken, "x", merge).read("t")).toBeUndefined();
    }
  });

  it.each([
    ["nothing told yet", undefined, true],
    ["the same again", state, false],
    ["one request later", left(4001), false],
    ["a hundredth of the budget later", left(4050), true],
    ["a wait", { ...state, blockedUntil: -1 }, true],
    ["a new window", until(now), true],
  ])("%s: is it worth telling?", (_, last, expected) => {
    expect(worthTelling(state, last)).toBe(expected);
  });
});
