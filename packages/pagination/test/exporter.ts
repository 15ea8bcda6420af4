// Exports a list to a file, a page at a time, and goes on where the last process was killed.
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createClient } from "@workflow-runs/core";
import { paginate } from "../src/index.ts";

const [baseUrl, folder] = process.argv.slice(2) as [string, string];
const github = createClient({ baseUrl });
const stored = `${folder}/cursor`;
const from = existsSync(stored) ? readFileSync(stored, "utf8") : undefined;
const list = paginate(github, "listWorkflowRunsForRepo", { owner: "o", repo: "r" }, { from });

for await (const { items, cursor } of list.pages()) {
  appendFileSync(`${folder}/runs.ndjson`, items.map((run) => `${JSON.stringify(run)}\n`).join(""));
  writeFileSync(`${stored}.new`, cursor);
  renameSync(`${stored}.new`, stored);
}
