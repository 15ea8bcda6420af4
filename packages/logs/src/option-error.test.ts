import { expect, test } from "vitest";
import { LogsOptionError, openJobLog, openRunLogs } from "./index.ts";
import type { LogClient } from "./index.ts";
import { extractRunLogs, openRunLogs as openFile } from "./node/index.ts";

// A client that must not be asked anything.
const client = new Proxy(
  {},
  { get: () => () => expect.unreachable("something was sent") },
) as LogClient;
const run = { owner: "o", repo: "r", run_id: 1 };
const call = (open: unknown, ...args: unknown[]) =>
  (open as (...args: unknown[]) => unknown)(...args);

test.each([
  ["a path at the root", openRunLogs, ["logs.zip"], /source: "logs\.zip" is a path; .*logs\/node/],
  ["nothing", openRunLogs, [undefined], /source: it is neither a client nor a log archive/],
  [
    "a client and no run",
    openRunLogs,
    [client],
    /run: it is missing; give \{ owner, repo, run_id \}/,
  ],
  [
    "a misspelt option",
    openRunLogs,
    [client, run, { atempts: "all" }],
    /atempts: .* only limits, /,
  ],
  [
    "attempts that are none",
    openRunLogs,
    [client, run, { attempts: "al" }],
    /"al" is not "latest" or/,
  ],
  [
    "a size that is none",
    openRunLogs,
    [client, run, { partsFrom: "8 MB" }],
    /8 MB is not a number of/,
  ],
  [
    "a limit that is none",
    openRunLogs,
    [client, run, { limits: { rato: 3 } }],
    /limits\.rato: there is/,
  ],
  [
    "an option of another form",
    openRunLogs,
    [new Uint8Array(), { attempts: "all" }],
    /attempts: there/,
  ],
  [
    "an option of a file",
    openFile,
    ["logs.zip", { splitt: false }],
    /splitt: there is no such option/,
  ],
  [
    "options that are none",
    openRunLogs,
    [new Uint8Array(), true],
    /options: true is not an object/,
  ],
  [
    "a job's log",
    openJobLog,
    [client, { ...run, job_id: 1 }, { jobs: [] }],
    /jobs: there is no such/,
  ],
  [
    "files",
    extractRunLogs,
    [new Uint8Array(), "folder", { progress: 1 }],
    /progress: there is no such/,
  ],
  ["a failed response", openRunLogs, [new Response("", { status: 404 })], /source: .* status 404/],
])("%s is refused by name, and nothing is read or sent", async (_, open, args, message) => {
  const refused = Promise.resolve().then(() => call(open, ...args));
  await expect(refused).rejects.toThrow(LogsOptionError);
  await expect(refused).rejects.toThrow(message);
});
