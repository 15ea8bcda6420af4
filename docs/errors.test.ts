import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as codegen from "@workflow-runs/codegen";
import * as core from "@workflow-runs/core";
import * as logs from "@workflow-runs/logs";
import * as msw from "@workflow-runs/msw";
import * as pagination from "@workflow-runs/pagination";
import * as watch from "@workflow-runs/watch";

const page = readFileSync(join(import.meta.dirname, "errors.md"), "utf8");
const section = (name: string) =>
  page.split(/^## /m).find((text) => text.startsWith(`${name}\n`)) ?? "";

test.for(Object.entries({ core, pagination, watch, logs, msw, codegen }))(
  "the catalogue lists each error of %s, and no other",
  ([name, exported]) => {
    const errors = Object.keys(exported).filter((key) => key.endsWith("Error"));
    const listed = [...section(name).matchAll(/^\| `(\w+)`/gm)].map(([, error = ""]) => error);
    const base = name === "core" ? ["WorkflowRunsError"] : [];
    expect([...listed, ...base].toSorted()).toEqual(errors.toSorted());
  },
);
