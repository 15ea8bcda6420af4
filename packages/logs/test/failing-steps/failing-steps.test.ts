import { expect, test } from "vitest";
import { explain, openRunLogs } from "../../src/index.ts";
import { archiveOfSteps, recordedSteps } from "./archive.ts";

const steps = recordedSteps();
const { failures } = await explain(await openRunLogs(archiveOfSteps(steps)));

test("each failing step is found, and none else", () => {
  expect(failures.map(({ job }) => job.name).toSorted()).toEqual(
    steps.map(({ name }) => name).toSorted(),
  );
});

test.each(steps.map(({ name, reason }) => [name, reason] as const))(
  "%s: the excerpt says %j",
  (name, reason) => {
    const failure = failures.find(({ job }) => job.name === name);
    const shown = failure?.lines.map(({ text }) => text).join("\n") ?? "";
    expect(reason.filter((text) => !shown.includes(text))).toEqual([]);
  },
);

test("an excerpt has 20 lines at the median, and never more than 60", () => {
  const sizes = failures.map(({ lines }) => lines.length).toSorted((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(20);
  expect(sizes.at(-1)).toBeLessThanOrEqual(60);
});
