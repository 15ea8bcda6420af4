import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operations as older } from "../src/github-2022-11-28.operations.gen.ts";
import { operations as newer } from "../src/operations.gen.ts";
import {
  type DocumentedOperation,
  notOnThePage,
  workflowJobs,
  workflowRuns,
  workflows,
} from "./documented.ts";

interface Entry {
  method: string;
  path: string;
  pathParameters: readonly string[];
  queryParameters: readonly string[];
  bodyProperties: readonly string[];
  requiredBodyProperties: readonly string[];
  success: readonly number[];
  summary: string;
  documentationUrl: string;
  permissions?: readonly object[];
  publicRead?: boolean;
  scopes: readonly string[];
}

const at = ({ method, path }: Entry): string => `${method.toUpperCase()} ${path}`;

function parametersOf(entry: Entry): string[] {
  const required = new Set(entry.requiredBodyProperties);
  return [
    ...entry.pathParameters,
    ...entry.queryParameters.map((name) => `${name}?`),
    ...entry.bodyProperties.map((name) => (required.has(name) ? name : `${name}?`)),
  ];
}

/** The statuses that a fragment documents for an operation. */
function statusesOf(fragment: string, { method, path }: Entry): number[] {
  const text = readFileSync(new URL(`../../../openapi/${fragment}`, import.meta.url), "utf8");
  const { paths } = JSON.parse(text) as {
    paths: { [path: string]: { [method: string]: { responses: object } } };
  };
  return Object.keys(paths[path]![method]!.responses).map(Number);
}

const pages: readonly [string, readonly DocumentedOperation[]][] = [
  ["workflow-runs", workflowRuns],
  ["workflow-jobs", workflowJobs],
  ["workflows", workflows],
];
const documented = pages.flatMap(([page, operations]) =>
  operations.map((operation): [string, string, DocumentedOperation] => [
    page,
    operation.title,
    operation,
  ]),
);

describe.each<[string, Entry[]]>([
  ["2022-11-28", Object.values<Entry>(older)],
  ["2026-03-10", Object.values<Entry>(newer)],
])("the operations table of %s says what the page says", (_, entries) => {
  test.each(documented)("of %s: %s", (page, _, operation) => {
    const entry = entries.find((one) => at(one) === operation.at)!;
    expect(entry.summary).toBe(operation.title);
    expect(entry.documentationUrl).toMatch(`https://docs.github.com/rest/actions/${page}#`);
    expect(entry.permissions).toEqual([
      Object.fromEntries(operation.permissions.split(",").map((one) => one.split(":"))),
    ]);
    expect(entry.publicRead).toBe(operation.withoutToken);
    expect(entry.scopes).toEqual(["repo"]);
  });
});

test.each(documented)("of %s: %s, has the page's parameters and statuses", (_, __, operation) => {
  const entry = Object.values<Entry>(older).find((one) => at(one) === operation.at)!;
  const unlisted = notOnThePage[operation.at] ?? [];
  expect(parametersOf(entry).sort()).toEqual(
    [...operation.parameters.split(" "), ...unlisted].sort(),
  );
  expect(statusesOf("github-2022-11-28.json", entry)).toEqual(operation.statuses);
});

test("every operation has its permissions and its public read", () => {
  const incomplete = Object.entries<Entry>(newer)
    .filter(
      ([, { permissions, publicRead }]) => permissions === undefined || publicRead === undefined,
    )
    .map(([name]) => name);
  expect(
    incomplete,
    "add x-permissions and x-public-read for these to openapi/overlay.yaml, from their page",
  ).toEqual([]);
});
