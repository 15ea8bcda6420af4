import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { archiveOf, jobText } from "../test/log-archives.ts";
import {
  type BoundJobReference,
  type BoundRunReference,
  type DownloadOptions,
  explain,
  type ExplainOptions,
  type FailureOptions,
  type JobLogOptions,
  type LimitOptions,
  type LineOptions,
  openJobLog,
  type OpenJobOptions,
  type OpenOptions,
  openRunLogs,
  type ReadOptions,
  type ReasonOptions,
  reasonsOf,
} from "./index.ts";
import { extractRunLogs, type ExtractOptions } from "./node/index.ts";

/** Every property may be `undefined`, also under exactOptionalPropertyTypes. */
type AllUndefined<Options> = { [Name in keyof Required<Options>]: undefined };

const limits: AllUndefined<LimitOptions> & LimitOptions = {
  entries: undefined,
  archiveSize: undefined,
  entrySize: undefined,
  totalSize: undefined,
  ratio: undefined,
  directorySize: undefined,
  lineLength: undefined,
  textSize: undefined,
};
const read: AllUndefined<ReadOptions> & ReadOptions = { limits: undefined, onProgress: undefined };
const reason: AllUndefined<ReasonOptions> & ReasonOptions = {
  perStep: undefined,
  matchers: undefined,
};
const lines: AllUndefined<LineOptions> & LineOptions = { levels: undefined, signal: undefined };
const failure: AllUndefined<FailureOptions> & FailureOptions = {
  ...reason,
  context: undefined,
  baseline: undefined,
  signal: undefined,
};
const explained: AllUndefined<ExplainOptions> & ExplainOptions = {
  ...failure,
  maxChars: undefined,
};

async function allOf<Item>(items: AsyncIterable<Item> | Iterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const text = jobText("build", { output: ["##[error]Process completed with exit code 1."] });
const archive = archiveOf({ build: text });

test("options of an archive at hand may be undefined, and count as absent", async () => {
  const open: AllUndefined<OpenOptions> & OpenOptions = { ...read, split: undefined };
  const openJob: AllUndefined<OpenJobOptions> & OpenJobOptions = { ...read, job: undefined };
  const extract: AllUndefined<ExtractOptions> & ExtractOptions = { ...read, signal: undefined };
  await using logs = await openRunLogs(archive, open);
  await openRunLogs(archive, { limits });
  expect(await (await openJobLog(text, openJob)).text()).toBe(text);
  const folder = await mkdtemp(join(tmpdir(), "logs-"));
  try {
    expect(await extractRunLogs(archive, folder, extract)).toMatchObject([{ file: "0_build.txt" }]);
  } finally {
    await rm(folder, { recursive: true });
  }

  const job = logs.jobs[0]!;
  expect(await allOf(job.lines(lines))).toEqual(await allOf(job.lines()));
  expect(await allOf(logs.failures())).toHaveLength(1);
  expect(await allOf(logs.failures(failure))).toEqual(await allOf(logs.failures()));
  expect(await explain(logs, explained)).toEqual(await explain(logs));
  const error = [{ text: "sum.c:3:5: error: expected ';'" }];
  expect(reasonsOf(error, reason)).toEqual(reasonsOf(error));
});

test("options and references of a download may be undefined, and count as absent", async () => {
  const fake = createActionsFake();
  const run = fake.repository("o/r").createRun({ jobs: [{ name: "build" }] });
  run.complete();
  const client = createClient({ fetch: fake.fetch, auth: "secret" }).repository("o/r");
  const download: AllUndefined<DownloadOptions> & DownloadOptions = {
    ...read,
    attempts: undefined,
    signal: undefined,
    partsFrom: undefined,
    wait: undefined,
    idleTimeout: undefined,
    fetch: undefined,
  };
  const downloadJob: AllUndefined<JobLogOptions> & JobLogOptions = {
    ...read,
    job: undefined,
    signal: undefined,
    wait: undefined,
    idleTimeout: undefined,
    fetch: undefined,
  };
  const where: AllUndefined<Omit<BoundRunReference, "run_id">> = {
    owner: undefined,
    repo: undefined,
    attempt_number: undefined,
  };
  const jobWhere: AllUndefined<Omit<BoundJobReference, "job_id">> = {
    owner: undefined,
    repo: undefined,
  };
  await using logs = await openRunLogs(client, { ...where, run_id: run.id }, download);
  const job = await openJobLog(
    client,
    { ...jobWhere, job_id: run.jobs[0]?.id as number },
    downloadJob,
  );
  expect(await logs.jobs[0]?.text()).toBe(await job.text());
});
