import type { LineLevel } from "@workflow-runs/logs";
import type { LogText } from "./log-text.ts";

const LEVELS: ReadonlySet<string> = new Set([
  "error",
  "warning",
  "notice",
  "debug",
  "command",
  "section",
  "group",
  "endgroup",
]);

const TIME = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*Z ?/;

/** Reads a line of a single job's log: its time, the runner's marker, the text. */
export function rawLogLine(raw: string): LogText {
  const time = TIME.exec(raw);
  const rest = (time === null ? raw : raw.slice(time[0].length)).replace(/\r$/, "");
  const marker = /^(?:##\[([a-z]+)\]|\[(command)\])/.exec(rest);
  const word = marker?.[1] ?? marker?.[2];
  const known = word !== undefined && LEVELS.has(word);
  return {
    level: known ? (word as LineLevel) : "output",
    text: rest.slice(known ? marker?.[0].length : 0),
    timestamp: time === null ? undefined : Date.parse(`${time[1]}Z`),
  };
}
