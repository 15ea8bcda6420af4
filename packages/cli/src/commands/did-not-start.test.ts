import { presets } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

// A broken workflow file ends as either.
const cases = [
  presets.startupFailure(),
  { ...presets.startupFailure(), conclusion: "failure" as const },
];

function didNotStart(id: number): string[] {
  return [
    `Run ${id} did not start, and has no logs.`,
    `Why: https://github.com/octo-org/octo-repo/actions/runs/${id}`,
  ];
}

test.each(cases)(
  "view says of a run without jobs where its $conclusion is explained",
  async (init) => {
    const terminal = createTerminal();
    const { id } = terminal.repository.createRun(init);
    expect(await terminal.run("view", "latest")).toBe(0);
    const text = terminal.stdout();
    expect(text).not.toContain("workflow-runs logs");
    expect(text.trimEnd().split("\n").slice(-3)).toEqual(["", ...didNotStart(id)]);
  },
);

test.each(cases)("so does `logs`, instead of the 404: $conclusion", async (init) => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun(init);
  for (const args of [[], ["--failed"], ["--attempt", "1"], ["--output", "logs"]]) {
    expect(await terminal.run("logs", String(id), ...args)).toBe(5);
    expect(terminal.stderr()).toBe(`error: ${didNotStart(id).join("\n")}\n`);
  }
});

test("logs that were deleted stay a 404", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("delete", String(id), "--logs", "--yes")).toBe(0);
  expect(await terminal.run("logs", String(id))).toBe(5);
  expect(terminal.stderr()).toMatch(
    /^error: 404 GET .*its logs were deleted.*\nThe run is there, and its logs are not: /,
  );
});

test("of a cancelled run without jobs nothing is requested", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ ...presets.startupFailure(), conclusion: "cancelled" });
  expect(await terminal.run("view", "latest")).toBe(0);
  expect(terminal.stdout()).toMatch(/\nNo jobs\.\n$/);
});
