import { milliseconds, type Duration } from "../rules/duration.ts";
import { is, type Check } from "./check.ts";

/** `owner/name` */
export const fullName: Check<string> = is(
  'a repository: give "owner/name"',
  (value) => typeof value === "string" && /^[\w.-]+\/[\w.-]+$/.test(value),
);

/** A moment: a `Date`, ms since 1970, or text that `Date` reads. */
export type Moment = Date | number | string;

export const moment: Check<Moment> = is(
  'a date: give a Date, ms since 1970, or "2026-01-31T10:00:00Z"',
  (value) =>
    value instanceof Date
      ? !Number.isNaN(value.getTime())
      : typeof value === "number"
        ? Number.isFinite(value)
        : typeof value === "string" && !Number.isNaN(Date.parse(value)),
);

/** A date as the API writes it. */
export const date: Check<string> = is(
  'a date such as "2026-01-31T10:00:00Z"',
  (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
);

/** A `Duration`; time does not go back. */
export const duration: Check<Duration> = is(
  'a duration: give milliseconds, or a number with ms, s, m, h or d such as "5m"; none below 0',
  (value) =>
    (typeof value === "number" || typeof value === "string") &&
    milliseconds(value as Duration) >= 0,
);

/** The base of an API, or an origin. */
export const url: Check<string> = is(
  'a URL such as "https://api.github.com"',
  (value) => typeof value === "string" && URL.canParse(value),
);

/** Reads a {@link Moment} that was checked. */
export function momentOf(moment: Moment): number {
  return moment instanceof Date
    ? moment.getTime()
    : typeof moment === "number"
      ? moment
      : Date.parse(moment);
}
