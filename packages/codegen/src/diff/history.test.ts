import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Description } from "../description.ts";
import type { Bump, ChangeClass } from "./change.ts";
import { diff } from "./diff.ts";

function slice(version: string): Description {
  const file = new URL(`../../test/fixtures/history/${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Description;
}

function messages(before: string, after: string, type: ChangeClass): string[] {
  return diff(slice(before), slice(after))
    .changes.filter((change) => change.class === type)
    .map(({ message }) => message);
}

const bumps: [before: string, after: string, bump: Bump][] = [
  ["2.2.1", "10.0.0", "major"],
  ["10.0.0", "12.0.0", "major"],
  ["12.0.0", "14.0.0", "major"],
  ["14.0.0", "16.0.0", "patch"],
  ["16.0.0", "16.6.0", "none"],
  ["16.6.0", "17.0.0", "minor"],
  ["17.0.0", "18.0.0", "minor"],
  ["18.0.0", "18.2.0", "major"],
  ["18.2.0", "19.0.0", "minor"],
  ["19.0.0", "19.1.0", "none"],
  ["19.1.0", "20.0.0", "major"],
  ["20.0.0", "21.0.0", "minor"],
  ["21.0.0", "22.0.0", "none"],
  ["22.0.0", "23.0.0", "major"],
  ["23.0.0", "23.0.1", "none"],
  ["23.0.1", "23.0.2", "none"],
];

describe("the real history of the description of workflow runs", () => {
  test.each(bumps)("%s → %s asks for %s", (before, after, bump) => {
    expect(diff(slice(before), slice(after)).bump).toBe(bump);
  });

  test("10 → 12 adds an operation, and a value to an enum of responses", () => {
    expect(messages("10.0.0", "12.0.0", "additive")).toContain(
      "The operation `actions/review-custom-gates-for-run` is new.",
    );
    expect(messages("10.0.0", "12.0.0", "breaking")).toEqual([
      '`environment-approvals.state` may now be "pending" in responses.',
    ]);
  });

  test("12 → 14 adds force-cancel and loses an operation", () => {
    const { removedOperations } = diff(slice("12.0.0"), slice("14.0.0"));
    expect(removedOperations).toEqual(["actions/list-required-workflow-runs"]);
    expect(messages("12.0.0", "14.0.0", "breaking")).toEqual([
      "The operation `actions/list-required-workflow-runs` is gone.",
    ]);
    expect(messages("12.0.0", "14.0.0", "additive")).toContain(
      "The operation `actions/force-cancel-workflow-run` is new.",
    );
  });

  test("14 → 16 changes words only", () => {
    expect(diff(slice("14.0.0"), slice("16.0.0")).changes).toMatchObject([
      { class: "docs", pointer: "/components/parameters/workflow-run-status" },
      { class: "docs", pointer: "/paths/~1repos~1{owner}~1{repo}~1actions~1runs/get" },
    ]);
  });

  test("18 → 18.2 makes the owner of an integration a union", () => {
    expect(messages("18.0.0", "18.2.0", "breaking")).toEqual([
      "`nullable-integration.owner` may now be an `enterprise` too in responses.",
    ]);
  });

  test("19 → 20 removes three secrets", () => {
    expect(messages("19.1.0", "20.0.0", "breaking")).toEqual([
      "`nullable-integration.client_secret` is gone from responses.",
      "`nullable-integration.pem` is gone from responses.",
      "`nullable-integration.webhook_secret` is gone from responses.",
    ]);
  });

  test("20 → 21 adds a type that every team has, which breaks nobody who reads teams", () => {
    expect(messages("20.0.0", "21.0.0", "breaking")).toEqual([]);
    expect(messages("20.0.0", "21.0.0", "additive")).toContain("`team.type` is new in responses.");
  });

  test("22 → 23 makes the URL of a licence nullable", () => {
    expect(messages("22.0.0", "23.0.0", "breaking")).toEqual([
      "`minimal-repository.license.url` may now be null in responses.",
    ]);
  });

  test("a way back turns additions into removals", () => {
    expect(diff(slice("21.0.0"), slice("20.0.0")).bump).toBe("major");
    expect(messages("21.0.0", "20.0.0", "breaking")).toContain(
      "`team.type` is gone from responses.",
    );
  });
});
