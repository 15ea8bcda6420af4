import { expect, test } from "vitest";
import { rawLogLine } from "./raw-log-line.ts";

const TIME = "2026-01-01T10:20:30.1234567Z";
const timestamp = Date.parse("2026-01-01T10:20:30.123Z");

test.each([
  [`${TIME} hello`, { level: "output", text: "hello", timestamp }],
  [`\uFEFF${TIME} hello\r`, { level: "output", text: "hello", timestamp }],
  [`${TIME} ##[error]boom`, { level: "error", text: "boom", timestamp }],
  [`${TIME} ##[group]Run make`, { level: "group", text: "Run make", timestamp }],
  [`${TIME} [command]/usr/bin/git`, { level: "command", text: "/usr/bin/git", timestamp }],
  [`${TIME} ##[unheard]of`, { level: "output", text: "##[unheard]of", timestamp }],
  [`${TIME} `, { level: "output", text: "", timestamp }],
  [TIME, { level: "output", text: "", timestamp }],
  [
    "  second line of a message",
    { level: "output", text: "  second line of a message", timestamp: undefined },
  ],
])("%j", (raw, line) => {
  expect(rawLogLine(raw)).toEqual(line);
});
