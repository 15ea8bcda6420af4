import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createActionsFake, presets } from "../../src/index.ts";
import { unhandled } from "./unhandled.ts";

const actions = createActionsFake();
const server = setupServer(...actions.handlers());
const url = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";

describe("the README's recipe for Vitest", () => {
  beforeAll(() => server.listen(unhandled));
  afterEach(() => {
    vi.useRealTimers();
    actions.reset();
  });
  afterAll(() => server.close());

  test("finds the failed run", async () => {
    actions.repository("octo-org/octo-repo").createRun(presets.failure());
    expect(await (await fetch(`${url}?status=failure`)).json()).toMatchObject({ total_count: 1 });
  });

  test("starts each test with nothing", async () => {
    expect((await fetch(url)).status).toBe(404);
  });

  test("moves runs with fake timers, while code polls", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-01T10:00:00Z"), toFake: ["setTimeout", "Date"] });
    const run = actions.repository("octo-org/octo-repo").createRun({ conclusion: "failure" });
    const seen: unknown[] = [];
    const polling = (async () => {
      for (;;) {
        const { status } = (await (await actions.fetch(`${url}/${run.id}`)).json()) as {
          status: string;
        };
        if (seen.at(-1) !== status) seen.push(status);
        if (status === "completed") return;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    })();
    for (let second = 0; second < 120 && seen.at(-1) !== "completed"; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
    }
    await polling;
    expect(seen).toEqual(["queued", "in_progress", "completed"]);
    expect(run.data.conclusion).toBe("failure");
  });
});
