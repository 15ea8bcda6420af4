import { describe, expect, test, vi } from "vitest";
import { setUp } from "../test/set-up.ts";
import { unzip } from "../test/unzip.ts";

const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";

describe("a fault", () => {
  test("responds with a status so many times, and changes nothing", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "in_progress" });
    fake.fail("cancelWorkflowRun", { status: 502, times: 2, headers: { "retry-after": "1" } });
    const cancel = async (): Promise<[number, string | null]> => {
      const { status, headers } = await ask("cancelWorkflowRun", { run_id: run.id });
      return [status, headers.get("retry-after")];
    };
    expect([await cancel(), await cancel()]).toEqual([
      [502, "1"],
      [502, "1"],
    ]);
    expect(run.data.status).toBe("in_progress");
    expect(await cancel()).toEqual([202, null]);
  });

  test("may have no body, strike everywhere, and be taken away", async () => {
    const { fake, ask } = setUp();
    const remove = fake.fail("*", { status: 500, message: null });
    const failed = await ask("listWorkflowRunsForRepo");
    expect([failed.status, failed.response.body]).toEqual([500, null]);
    remove();
    expect((await ask("listWorkflowRunsForRepo")).status).toBe(200);
  });

  test("strikes by chance as the seed says, the same way each time", async () => {
    const strikes = async (seed: number): Promise<string> => {
      const { fake, ask } = setUp({ seed });
      fake.fail("listWorkflowRunsForRepo", { status: 503, probability: 0.5 });
      let pattern = "";
      for (let count = 0; count < 24; count += 1) {
        pattern += (await ask("listWorkflowRunsForRepo")).status === 503 ? "x" : ".";
      }
      return pattern;
    };
    const first = await strikes(1);
    expect(await strikes(1)).toBe(first);
    expect(await strikes(2)).not.toBe(first);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
  });

  test("delays by more than a timer takes, 2^31 ms", async () => {
    vi.useFakeTimers();
    try {
      const { fake } = setUp();
      const days = 60;
      fake.fail("listWorkflowRunsForRepo", { delay: `${days}d`, times: 1 });
      let responded = false;
      const response = fake.fetch(runs).then(({ status }) => {
        responded = true;
        return status;
      });
      await vi.advanceTimersByTimeAsync(days * 86_400_000 - 1);
      expect(responded).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await response).toBe(200);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("delays, and an abort ends the waiting", async () => {
    const { fake } = setUp();
    fake.fail("listWorkflowRunsForRepo", { delay: 5, times: 1 });
    expect((await fake.fetch(runs)).status).toBe(200);
    fake.fail("listWorkflowRunsForRepo", { hang: true });
    const controller = new AbortController();
    const hanging = fake.fetch(runs, { signal: controller.signal });
    controller.abort();
    await expect(hanging).rejects.toMatchObject({ name: "AbortError" });
  });

  test("breaks connections, bodies and JSON", async () => {
    const { fake, repository } = setUp();
    repository.createRun();
    fake.fail("listWorkflowRunsForRepo", { reset: true, times: 1 });
    await expect(fake.fetch(runs)).rejects.toThrow(TypeError);
    fake.fail("listWorkflowRunsForRepo", { truncate: 50, times: 1 });
    const truncated = await fake.fetch(runs);
    expect(Number(truncated.headers.get("content-length"))).toBeGreaterThan(50);
    await expect(truncated.text()).rejects.toThrow("broke the body off");
    fake.fail("listWorkflowRunsForRepo", { broken_json: true, times: 1 });
    const broken = await fake.fetch(runs);
    expect(broken.status).toBe(200);
    await expect(broken.json()).rejects.toThrow(SyntaxError);
  });

  test("of a download is in the archive it leads to", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "completed" });
    const download = async (): Promise<Response> =>
      (await ask("downloadWorkflowRunLogs", { run_id: run.id }, { redirect: "follow" })).response;
    fake.fail("downloadWorkflowRunLogs", { corrupt_zip: true, times: 1 });
    const corrupt = new Uint8Array(await (await download()).arrayBuffer());
    expect(() => unzip(corrupt)).toThrow(/invalid|CRC-32|bytes, not|name/);
    fake.fail("downloadWorkflowRunLogs", { truncate: 700, times: 1 });
    await expect((await download()).arrayBuffer()).rejects.toThrow("broke the body off");
    fake.fail("logs", { status: 503, times: 1 });
    expect((await download()).status).toBe(503);
    expect(unzip(new Uint8Array(await (await download()).arrayBuffer()))).not.toEqual([]);
  });

  test("that makes no sense is refused at once", () => {
    const { fake } = setUp();
    expect(() => fake.fail("*", { status: 200 })).toThrow(
      "fail: status is 200, not a whole number from 400 to 599",
    );
    expect(() => fake.fail("*", { probability: 2 })).toThrow(
      "probability is 2, not a number from 0 to 1",
    );
    expect(() => fake.fail("*", { times: -1 })).toThrow("times is -1");
    // @ts-expect-error there is no such operation
    expect(() => fake.fail("getWorkflowRuns", { status: 500 })).toThrow(
      'Did you mean "getWorkflowRun"?',
    );
    // @ts-expect-error nor such a fault
    expect(() => fake.fail("getWorkflowRun", { code: 500 })).toThrow('Unknown option "code"');
  });
});
