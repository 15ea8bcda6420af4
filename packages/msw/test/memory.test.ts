import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Polls a run, with an event listener and logs looked at on the way, and tells how the heap grew. */
const program = `
  const { createActionsFake } = await import(process.argv[1]);
  const fake = createActionsFake({ recordRequests: 500, clock: () => 1_793_527_200_000 });
  const run = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
  fake.on("workflow_run", () => {});
  const base = "https://api.github.com/repos/octo-org/octo-repo/actions/runs/" + run.id;
  const poll = async (times) => {
    for (let index = 0; index < times; index += 1) {
      const path = index % 50 === 0 ? "/logs" : index % 3 === 0 ? "/jobs?page=" + index : "";
      await (await fake.fetch(base + path, { redirect: "manual" })).text();
    }
    gc();
    return process.memoryUsage().heapUsed;
  };
  const before = await poll(3000);
  console.log(JSON.stringify({ grown: (await poll(12_000)) - before, kept: fake.requests.length }));
`;

test("memory does not grow with the requests", { timeout: 300_000 }, async () => {
  const fake = fileURLToPath(new URL("../src/fake.ts", import.meta.url));
  const options = ["--expose-gc", "--input-type=module", "--eval", program, fake];
  const { stdout } = await run(process.execPath, options);
  const { grown, kept } = JSON.parse(stdout) as { grown: number; kept: number };
  expect(kept).toBe(500);
  // Without a bound it was 1.2 kB a request: 14 MB here.
  expect(grown).toBeLessThan(1_500_000);
});
