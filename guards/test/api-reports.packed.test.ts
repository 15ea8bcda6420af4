import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiReport, entryPoints, reportsFolder } from "../src/api-reports.ts";

const entries = entryPoints();

test("every entry point has a report, and every report an entry point", () => {
  expect(readdirSync(reportsFolder).toSorted()).toEqual(
    entries.map(({ name }) => `${name}.api.md`).toSorted(),
  );
});

test.for(entries)(
  "what $name exports is what its report says; pnpm api writes it anew",
  async (entry) => {
    const committed = readFileSync(join(reportsFolder, `${entry.name}.api.md`), "utf8");
    expect(await apiReport(entry)).toBe(committed);
  },
);
