import type { StoredRun } from "./github-server.ts";

/** 2026-01-01T00:00:00Z in seconds. */
export const newYear: number = Date.UTC(2026, 0, 1) / 1000;

/** Runs spread evenly over so many seconds from new year on, all failed. Ids grow with time, as GitHub's. */
export function evenly(count: number, seconds: number, start: number = newYear): StoredRun[] {
  let [second, inSecond] = [-1, 0];
  return Array.from({ length: count }, (_, index) => {
    const created = start + Math.floor((index * seconds) / count);
    [second, inSecond] = [created, created === second ? inSecond + 1 : 0];
    return { id: 10_000 * created + inSecond, created, status: "failure" };
  });
}

/** Runs of one second, all failed. */
export function burst(count: number, second: number): StoredRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 10_000 * second + 5000 + index,
    created: second,
    status: "failure",
  }));
}
