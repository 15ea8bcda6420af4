import { ParameterError } from "@workflow-runs/core/support";

/** Seconds since 1970, both ends included; an absent end is open. */
export interface CreatedRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const moment =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?\s*$/i;

/**
 * Reads a `created` expression as GitHub does: `A..B`, `A..*`, `*..B`, `>=A`, `>A`, `<=B`, `<B`, or `A` alone,
 * each a date (that whole day, UTC) or a time to the second with an optional UTC offset.
 * https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates
 *
 * @throws {ParameterError} when it is none of these
 */
export function parseCreated(expression: string): CreatedRange {
  const text = expression.trim();
  const dots = text.indexOf("..");
  if (dots >= 0) {
    const [a, b] = [text.slice(0, dots), text.slice(dots + 2)];
    if (a === "*" && b === "*") return {};
    if (a === "*") return { to: span(b, expression).last };
    if (b === "*") return { from: span(a, expression).first };
    return { from: span(a, expression).first, to: span(b, expression).last };
  }
  const [operator = ""] = /^[<>]=?/.exec(text) ?? [];
  const { first, last } = span(text.slice(operator.length), expression);
  if (operator === ">=") return { from: first };
  if (operator === ">") return { from: last + 1 };
  if (operator === "<=") return { to: last };
  if (operator === "<") return { to: first - 1 };
  return { from: first, to: last };
}

/** Writes a range as a `created` expression; undefined when it is open at both ends. */
export function formatCreated({ from, to }: CreatedRange): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  return `${from === undefined ? "*" : formatSecond(from)}..${to === undefined ? "*" : formatSecond(to)}`;
}

/** A second as GitHub writes it in `created_at`: `2026-01-31T12:00:00Z`. */
export function formatSecond(second: number): string {
  return `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
}

/** `created_at` → seconds since 1970. */
export function secondOf(created_at: string): number {
  return Math.floor(Date.parse(created_at) / 1000);
}

/** The second in which a run was created; NaN without `created_at`. */
export function createdIn(item: object): number {
  return secondOf(String((item as { created_at?: unknown }).created_at));
}

function span(text: string, expression: string): { first: number; last: number } {
  const found = momentOf(text);
  if (found) return found;
  throw new ParameterError(
    `paginate: created is ${JSON.stringify(expression)}, not a range that GitHub knows. Write A..B, A..*, *..B, >=A, >A, <=B, <B or A, ` +
      "where A and B are 2026-01-31 or 2026-01-31T12:00:00Z (or with an offset, +02:00).",
    { parameter: "created" },
  );
}

/** First and last second of a day (UTC), or of a time to the second with an optional UTC offset; undefined for anything else. */
export function momentOf(text: string): { first: number; last: number } | undefined {
  const match = moment.exec(text);
  const [, year, month, day, hour, minute, second, zone = "Z"] = match ?? [];
  const date = `${year}-${month}-${day}`;
  const time =
    hour === undefined ? "00:00:00Z" : `${hour}:${minute}:${second}${zone.toUpperCase()}`;
  const first = match ? Date.parse(`${date}T${time}`) / 1000 : NaN;
  // Date.parse takes February 30th for March 2nd.
  const day0 = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(first) || new Date(day0).getUTCDate() !== Number(day)) return undefined;
  return { first, last: hour === undefined ? first + 86_399 : first };
}
