import { expect, test } from "vitest";
import { Chain, type Link } from "./chain.ts";

const links = (...text: string[]): Link[] =>
  text.map((item) => {
    const [id, second] = item.split("@").map(Number) as [number, number];
    return { id, second };
  });

function chain(...text: string[]): Chain {
  const made = new Chain();
  made.append(links(...text));
  return made;
}

test("a page joins when it begins inside the chain and goes on behind it", () => {
  const made = chain("9@9", "8@8", "7@7");
  expect(made.joins(links("7@7", "6@6"))).toBe(true);
  expect(made.joins(links("9@9", "7@7", "6@6"))).toBe(true);
  expect(made.joins(links("8@8"))).toBe(true);
});

test("a page that shares nothing, comes in another order, or holds something new in front does not", () => {
  const made = chain("9@9", "8@8", "7@7");
  expect(made.joins(links("6@6", "5@5"))).toBe(false);
  expect(made.joins(links("7@7", "8@8", "6@6"))).toBe(false);
  expect(made.joins(links("20@8", "7@7", "6@6"))).toBe(false);
  expect(made.joins(links("8@8", "20@7", "7@7"))).toBe(false);
  expect(made.joins([])).toBe(false);
  expect(new Chain().joins(links("1@1"))).toBe(false);
});

test("a page that reaches above the last second, or repeats all of it, is complete from there", () => {
  const made = chain("9@9", "8@7", "7@7");
  expect(made.reachesAbove(links("9@9", "7@7"))).toBe(true);
  expect(made.reachesAbove(links("8@7", "7@7"))).toBe(false);
  expect(made.repeatsEnd(links("7@7", "8@7", "6@7"))).toBe(true);
  expect(made.repeatsEnd(links("7@7", "6@7"))).toBe(false);
});

test("it counts items from a second down, and the largest group", () => {
  const made = chain("9@9", "8@7", "7@7", "6@6");
  expect(made.countUntil(7)).toBe(3);
  expect(made.endGroup).toBe(1);
  expect(made.largestGroup(100)).toBe(2);
  expect([...made.secondsAbove(6, 100)]).toEqual([
    { second: 7, count: 3 },
    { second: 9, count: 4 },
  ]);
});

test("it keeps each item once, and forgets the oldest", () => {
  const made = chain("4@4", "3@3", "3@3", "2@2", "1@1");
  expect(made.length).toBe(4);
  made.trim(2);
  expect(made.length).toBe(4);
  made.trim(1);
  expect(made.length).toBe(1);
  expect(made.joins(links("1@1", "0@0"))).toBe(true);
  expect(made.joins(links("2@2", "1@1"))).toBe(false);
  made.clear();
  expect(made.end).toBeUndefined();
});
