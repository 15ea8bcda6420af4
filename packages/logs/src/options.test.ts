import { ParameterError } from "@workflow-runs/core/support";
import { expect, test } from "vitest";
import { type LogClient, openJobLog, openRunLogs } from "./index.ts";
import { extractRunLogs, openRunLogs as openFile } from "./node/index.ts";

// A client that must not be called.
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
  ["a failed response", openRunLogs, [new Response("", { status: 404 })], /source: .* status 404/],
])("%s is refused by name, and nothing is read or sent", async (_, open, args, message) => {
  const refused = Promise.resolve().then(() => call(open, ...args));
  await expect(refused).rejects.toThrow(ParameterError);
  await expect(refused).rejects.toThrow(message);
});
