import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import { parseCreated, secondOf } from "./created-range.ts";
import { paginate } from "./index.ts";

const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"];
const recordings = join(fixtures ?? "", "recordings/hub4j");

interface Recorded {
  url: URL;
  text: string;
}

/** The recorded responses to list requests for runs, the body files beside the mappings. */
function recorded(): Recorded[] {
  return readdirSync(recordings, { recursive: true, encoding: "utf8" })
    .filter((file) => /\/mappings\/.*\.json$/.test(file))
    .flatMap((file) => {
      const [name] = file.split("/") as [string];
      const { request, response } = JSON.parse(readFileSync(join(recordings, file), "utf8")) as {
        request: { url: string };
        response: { status: number; bodyFileName?: string };
      };
      const url = new URL(request.url, "https://api.github.com");
      const body = join(recordings, `${name}.body.${response.bodyFileName}`);
      return url.pathname.endsWith("/actions/runs") && response.status === 200 && existsSync(body)
        ? [{ url, text: readFileSync(body, "utf8") }]
        : [];
    });
}

describe.skipIf(fixtures === undefined)(
  "real recordings (set WORKFLOW_RUNS_FIXTURES to read them)",
  () => {
    test("what GitHub returns for `created` lies in the range we read in it, and is newest first", () => {
      const filtered = recorded().filter(({ url }) => url.searchParams.has("created"));
      expect(filtered.length).toBeGreaterThan(0);
      for (const { url, text } of filtered) {
        const range = parseCreated(url.searchParams.get("created") as string);
        const { workflow_runs } = JSON.parse(text) as { workflow_runs: { created_at: string }[] };
        const seconds = workflow_runs.map(({ created_at }) => secondOf(created_at));
        for (const second of seconds) {
          expect(second).toBeGreaterThanOrEqual(range.from ?? 0);
          expect(second).toBeLessThanOrEqual(range.to ?? Infinity);
        }
        expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
      }
    });

    test("a recorded page is read as a list of its own", async () => {
      const whole = recorded().filter(({ text }) => {
        const { total_count, workflow_runs } = JSON.parse(text) as {
          total_count: number;
          workflow_runs: unknown[];
        };
        return total_count === workflow_runs.length && total_count > 0;
      });
      expect(whole.length).toBeGreaterThan(0);
      for (const { text } of whole) {
        const github = createClient({ fetch: async () => new Response(text) });
        const list = paginate(github, "listWorkflowRunsForRepo", { owner: "o", repo: "r" });
        const { workflow_runs } = JSON.parse(text) as { workflow_runs: { id: number }[] };
        expect((await list.toArray()).map(({ id }) => id)).toEqual(
          workflow_runs.map(({ id }) => id),
        );
      }
    });
  },
);

// What the recordings show, in runs of our own making.
test("a page of a range is newest first to the second, and its count is that of the range", async () => {
  const created = "2021-04-05T12:03:00Z..2021-04-05T12:04:30Z";
  const at = ["2021-04-05T12:04:28Z", "2021-04-05T12:04:28Z", "2021-04-05T12:03:12Z"];
  const workflow_runs = at.map((created_at, index) => ({
    id: 719_643_947 - 9 * index,
    created_at,
  }));
  const urls: string[] = [];
  const github = createClient({
    fetch: async (input) => {
      urls.push(new URL(input instanceof Request ? input.url : input).href);
      return Response.json({ total_count: 3, workflow_runs });
    },
  });
  const parameters = { owner: "o", repo: "r", created };
  const runs = await paginate(github, "listWorkflowRunsForRepo", parameters).toArray();
  expect(runs.map(({ id }) => id)).toEqual(workflow_runs.map(({ id }) => id));
  expect(urls.map((url) => new URL(url).searchParams.get("created"))).toEqual([created]);
});
