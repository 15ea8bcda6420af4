import type { StoredRun } from "./github-server.ts";

/** 2026-01-01T00:00:00Z in seconds. */
export const newYear: number = Date.UTC(2026, 0, 1) / 1000;

/** Runs spread evenly over so many seconds from new year on, all failed. */
export function evenly(count: number, seconds: number, start: number = newYear): StoredRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 100_000_000 + 1000 * (start - newYear) + index,
    created: start + Math.floor((index * seconds) / count),
    status: "failure",
  }));
}

/** Runs of one second, all failed. */
export function burst(
  count: number,
  second: number,
  firstId = 500_000_000 + 5000 * (second - newYear),
): StoredRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: firstId + index,
    created: second,
    status: "failure",
  }));
}
