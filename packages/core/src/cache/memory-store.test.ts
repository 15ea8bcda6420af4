import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryStore } from "./memory-store.ts";

test("never holds more than it may; the least recently used goes first", () => {
  const command = fc.record({
    get: fc.boolean(),
    key: fc.constantFrom("a", "b", "c", "d"),
    length: fc.nat(60),
  });
  return fc.assert(
    fc.asyncProperty(fc.array(command), async (commands) => {
      const store = new MemoryStore(100);
      let model: [string, string][] = [];
      for (const { get, key, length } of commands) {
        const found = model.find(([name]) => name === key);
        const got = await (get ? store.get(key) : store.set(key, "x".repeat(length)));
        expect(got).toBe(get ? found?.[1] : true);
        if (get && !found) continue;
        model = [
          ...model.filter(([name]) => name !== key),
          [key, get ? (found?.[1] ?? "") : "x".repeat(length)],
        ];
        while (model.reduce((sum, [, value]) => sum + value.length, 0) > 100) model.shift();
      }
      for (const [key, value] of model) expect(await store.get(key)).toBe(value);
    }),
  );
});

test("does not keep what is larger than all of it, and forgets what is deleted", async () => {
  const store = new MemoryStore(10);
  await store.set("a", "x".repeat(11));
  expect(await store.get("a")).toBeUndefined();
  await store.set("b", "x");
  expect([await store.delete("b"), await store.delete("b"), await store.get("b")]).toEqual([
    true,
    false,
    undefined,
  ]);
});
