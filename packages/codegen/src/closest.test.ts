import { expect, test } from "vitest";
import { didYouMean } from "./closest.ts";

const known = [
  "actions/get-workflow",
  "actions/get-workflow-run",
  "actions/list-workflow-runs",
  "Pet",
  "Owner",
];

test.each([
  ["Pett", "Pet"],
  ["pet", "Pet"],
  ["actions/get-worfklow-run", "actions/get-workflow-run"],
  ["action/get-workflow", "actions/get-workflow"],
  ["get-workflow-run", "actions/get-workflow-run"],
  ["getWorkflowRun", "actions/get-workflow-run"],
  ["list_workflow_run", "actions/list-workflow-runs"],
])("%s is close to %s", (name, closest) => {
  expect(didYouMean([name], known)).toBe(` (did you mean ${closest}?)`);
});

test.each(["", "x", "Pipeline", "actions/approve", "repos/list-tags", "/"])(
  "%j is close to none",
  (name) => {
    expect(didYouMean([name], known)).toBe("");
    expect(didYouMean([name], [])).toBe("");
  },
);

test("several names get one suggestion together, each once", () => {
  expect(didYouMean(["Pett", "Peet", "Nothing", "Ownr"], known)).toBe(
    " (did you mean Pet, Owner?)",
  );
});
