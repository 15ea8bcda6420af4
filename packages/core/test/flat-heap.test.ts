import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("the heap is flat over 200,000 calls", async () => {
  let count = 0;
  const github = createClient({
    // A token that is renewed every now and then, and a cache that is full after a while.
    auth: () => `t${Math.floor(count / 500)}`,
    cache: true,
    fetch: () => {
      count++;
      const body = { id: count, text: "x".repeat(2000) };
      return Promise.resolve(Response.json(body, { headers: { etag: `"${count}"` } }));
    },
  });
  const { signal } = new AbortController();
  const heapAfter = async (calls: number): Promise<number> => {
    for (let done = 0; done < calls; done += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          github.getWorkflowRun({ owner: "o", repo: "r", run_id: done + index }, { signal }),
        ),
      );
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(40_000);
  const after = await heapAfter(160_000);
  expect((after - before) / 2 ** 20).toBeLessThan(4);
}, 600_000);
