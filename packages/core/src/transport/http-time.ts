/** `Retry-After` in milliseconds: seconds in any form, or an HTTP date, which is compared with the response's own `Date`. Undefined for what makes no date. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  const seconds = readNumber(value);
  const wait =
    seconds === undefined ? readHttpDate(value) - servedAt(headers, now) : seconds * 1000;
  return isTime(now + wait) ? Math.max(0, wait) : undefined;
}

/** When a response was made, by GitHub's own clock, so that a wrong clock here makes no difference. */
export function servedAt(headers: Headers, now: number): number {
  return readHttpDate(headers.get("date") ?? "") || now;
}

/** A decimal number, in whichever form; undefined for anything else, nothing too. */
export function readNumber(value: string | null): number | undefined {
  return value !== null && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** Milliseconds since 1970, or NaN. `Date.parse` alone takes "-3" for a day of March. */
export function readHttpDate(value: string): number {
  return /\d\d:\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
}

/** True for milliseconds since 1970 that a `Date` can hold. */
export function isTime(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= 8.64e15;
}
