import { InvalidArgumentError } from "commander";
import { parseDuration } from "../terminal/duration.ts";

/** Reads a whole number of at least 1, for an option. */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("Give a whole number of 1 or more.");
}

/** Reads a name. One that is empty, as an unset variable is, would mean no filter at all. */
export function name(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It is empty; give a name, or leave the option out.");
}

/** Reads a TCP port; 0 is any free one. */
export function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("Give a port from 0 (any free one) to 65535.");
}

/** Collects the inputs of a workflow, `key=value`. */
export function workflowInput(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Give an input as key=value.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Reads a regular expression. */
export function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** Reads a percentage, with or without its sign. */
export function percentage(text: string): number {
  const number = Number(text.replace(/\s*%$/, ""));
  if (/^\d/.test(text) && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError("Give a percentage from 0 to 100.");
}

/** Reads how far to look back, into milliseconds. */
export function lookBack(text: string): number {
  const ms = /^\d+$/.test(text) ? undefined : parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new InvalidArgumentError("Give how far to look back: 12h, 30d, 8w.");
}

/** Reads a duration into milliseconds. */
export function milliseconds(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError("Give seconds, or a duration such as 90s, 10m or 1h30m.");
}

/** Reads the time between two polls; less than a second would only use up the rate limit. */
export function pollInterval(text: string): number {
  const ms = milliseconds(text);
  if (ms >= 1_000) return ms;
  throw new InvalidArgumentError("Give 1s or more.");
}

/** Collects the values of an option that may be repeated. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Reads a number of lines, 0 or more. */
export function lineCount(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("Give a whole number of 0 or more.");
}

/** Reads a range of times, and refuses `A..B` where B is before A; everything else is checked when the runs are listed. */
export function forwardRange(text: string): string {
  const [from = "", to = ""] = text.split("..");
  // A date alone is the whole day, and a time without an offset is in UTC, as GitHub has it.
  const start = instant(from, "T00:00:00");
  const end = instant(to, "T23:59:59");
  if (!(start > end)) return text;
  throw new InvalidArgumentError(`The range is reversed: write ${to.trim()}..${from.trim()}.`);
}

/** NaN for an open end, and for what is no time. */
function instant(text: string, time: string): number {
  const full = /T/i.test(text) ? text.trim() : text.trim() + time;
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(full.slice(10)) ? full : `${full}Z`);
}
