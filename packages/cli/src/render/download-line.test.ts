import { expect, test } from "vitest";
import { downloadLine } from "./download-line.ts";

test.each([
  [{ received: 1, total: undefined }, "Downloading the logs 1 kB"],
  [{ received: 420_000, total: undefined }, "Downloading the logs 420 kB"],
  [{ received: 3_440_000, total: undefined }, "Downloading the logs 3.4 MB"],
  [{ received: 6_000, total: 12_000 }, "50 % of 12 kB"],
  [{ received: 2_000_000, total: 8_000_000 }, "25 % of 8.0 MB"],
])("%j is %s", (progress, text) => {
  expect(downloadLine(progress)).toContain(text);
});
