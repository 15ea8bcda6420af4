import { ParameterError } from "@workflow-runs/core/support";
import { expect, test } from "vitest";
import {
  annotatedLines,
  explain,
  type LogClient,
  openJobLog,
  openRunLogs,
  reasonsOf,
  whyMissing,
} from "./index.ts";
import {
  extractRunLogs,
  openJobLog as openJobFile,
  openRunLogs as openFile,
} from "./node/index.ts";

// A client that must not be called.
const client = new Proxy(
  {},
  { get: () => () => expect.unreachable("something was sent") },
) as LogClient;
const run = { owner: "o", repo: "r", run_id: 1 };
const call = (open: unknown, ...args: unknown[]) =>
  (open as (...args: unknown[]) => unknown)(...args);

test.each<[string, unknown, unknown[], RegExp]>([
  ["a path at the root", openRunLogs, ["logs.zip"], /source: "logs\.zip" is a path; .*logs\/node/],
  ["a job's file", openJobLog, ["build.log"], /source: "build\.log" is a path; .*logs\/node/],
  ["a job's file in a folder", openJobLog, ["logs/build"], /"logs\/build" is a path; .*logs\/node/],
  ["nothing", openRunLogs, [undefined], /source is undefined, not a client, or a log archive/],
  ["a client and no run", openRunLogs, [client], /run is undefined, not \{ owner, repo, run_id \}/],
  [
    "a misspelt option",
    openRunLogs,
    [client, run, { atempts: "all" }],
    /Unknown option "atempts". Did you mean "attempts"\?/,
  ],
  [
    "attempts that are none",
    openRunLogs,
    [client, run, { attempts: "al" }],
    /attempts is "al", not "latest" or "all"/,
  ],
  [
    "a size that is none",
    openRunLogs,
    [client, run, { partsFrom: "8 MB" }],
    /partsFrom is "8 MB", not bytes/,
  ],
  [
    "a limit that is none",
    openRunLogs,
    [client, run, { limits: { rato: 3 } }],
    /Unknown option "limits\.rato". Did you mean "limits\.ratio"/,
  ],
  [
    "an option of another form",
    openRunLogs,
    [new Uint8Array(), { attempts: "all" }],
    /Unknown option "attempts". Valid options: limits/,
  ],
  [
    "an option of a file",
    openFile,
    ["logs.zip", { splitt: false }],
    /Unknown option "splitt". Did you mean "split"/,
  ],
  [
    "options that are none",
    openRunLogs,
    [new Uint8Array(), true],
    /options is true, not an object/,
  ],
  [
    "a job's log",
    openJobLog,
    [client, { ...run, job_id: 1 }, { jobs: [] }],
    /Unknown option "jobs". Did you mean "job"/,
  ],
  [
    "files",
    extractRunLogs,
    [new Uint8Array(), "folder", { progress: 1 }],
    /Unknown option "progress"/,
  ],
  [
    "nothing for a job's log",
    openJobLog,
    [undefined],
    /source is undefined, not a client, or a job's log/,
  ],
  ["a number for a job's log", openJobLog, [42], /source is 42, not a client/],
  [
    "a client without a job",
    openJobLog,
    [client],
    /reference is undefined, not \{ owner, repo, job_id \}/,
  ],
  ["a run for a job", openJobLog, [client, run], /reference is .*, not \{ owner, repo, job_id \}/],
  [
    "a failed response for a job's log",
    openJobLog,
    [new Response("", { status: 404 })],
    /source: .* status 404/,
  ],
  ["null for a job's log of a file", openJobFile, [null], /source is null, not a client/],
  ["null for a file", openFile, [null], /source is null, not a client, or a log archive/],
  ["a folder for a job's log", openJobFile, [import.meta.dirname], /is a folder, not a file/],
  ["nothing for files", extractRunLogs, [undefined, "folder"], /source is undefined, not a path/],
  [
    "files without a folder",
    extractRunLogs,
    [new Uint8Array()],
    /folder is undefined, not a string/,
  ],
  [
    "nothing to explain",
    explain,
    [undefined],
    /logs is undefined, not the logs of a run, or of a job/,
  ],
  ["a string to explain", explain, ["text"], /logs is "text", not the logs/],
  [
    "a baseline that is none",
    explain,
    [{ jobs: [] }, { baseline: {} }],
    /baseline is .*, not the logs of a run/,
  ],
  ["reasons of nothing", reasonsOf, [undefined], /lines is undefined, not an iterable of lines/],
  ["reasons of a string", reasonsOf, ["text"], /lines is "text", not an iterable of lines/],
  ["a misspelt option of reasons", reasonsOf, [[], { perstep: 1 }], /Unknown option "perstep"/],
  [
    "annotations of nothing",
    annotatedLines,
    [undefined, []],
    /job is undefined, not the log of a job/,
  ],
  ["a missing log of nothing", whyMissing, [undefined], /job is undefined, not an object/],
  ["a failed response", openRunLogs, [new Response("", { status: 404 })], /source: .* status 404/],
])("%s is refused by name, and nothing is read or sent", async (_, open, args, message) => {
  const refused = Promise.resolve().then(() => call(open, ...args));
  await expect(refused).rejects.toThrow(ParameterError);
  await expect(refused).rejects.toThrow(message);
});

test("a file that is not there is named", async () => {
  for (const open of [openJobFile, openFile])
    await expect(call(open, "no-such-file")).rejects.toMatchObject({
      code: "ENOENT",
      message: expect.stringContaining("no-such-file"),
    });
});
