import { expect, test } from "vitest";
import { runParameters, scripted } from "../../test/scripted.ts";
import { watchRun } from "../index.ts";
import { wakeableSleep } from "./wakeable-sleep.ts";

/** Events that a test sends when it wants to. */
function events(): AsyncIterable<unknown> & {
  send(): void;
  fail(): void;
  end(): void;
  closed: boolean;
} {
  let settle: { resolve(result: IteratorResult<unknown>): void; reject(error: unknown): void };
  const source = {
    closed: false,
    send: () => settle.resolve({ done: false, value: "event" }),
    fail: () => settle.reject(new Error("the socket broke")),
    end: () => settle.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<IteratorResult<unknown>>((resolve, reject) => {
          settle = { resolve, reject };
        }),
      return: async () => {
        source.closed = true;
        return { done: true as const, value: undefined };
      },
    }),
  };
  return source;
}

/** A sleep that a test lets end, or that an abort ends. */
function heldSleeps() {
  const sleeps: { ms: number; end(): void }[] = [];
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      sleeps.push({ ms, end: resolve });
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    });
  return { sleeps, sleep };
}

const turn = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

test("an event ends the sleep, but no sooner than a second after it began", async () => {
  const source = events();
  const { sleeps, sleep } = heldSleeps();
  let over = false;
  const sleeping = wakeableSleep(source, sleep)
    .sleep(60_000, undefined)
    .finally(() => (over = true));
  source.send();
  await turn();
  expect([sleeps.map(({ ms }) => ms), over]).toEqual([[1_000], false]);
  sleeps[0]!.end();
  await sleeping;
  expect(sleeps).toHaveLength(1);
});

test("an event in the long rest of the sleep ends it at once", async () => {
  const source = events();
  const { sleeps, sleep } = heldSleeps();
  const sleeping = wakeableSleep(source, sleep).sleep(60_000, undefined);
  sleeps[0]!.end();
  await turn();
  expect(sleeps.map(({ ms }) => ms)).toEqual([1_000, 59_000]);
  source.send();
  await sleeping;
});

test("events that fail or end leave a plain sleep", async () => {
  for (const stop of ["fail", "end"] as const) {
    const source = events();
    const { sleeps, sleep } = heldSleeps();
    const sleeping = wakeableSleep(source, sleep).sleep(60_000, undefined);
    source[stop]();
    sleeps[0]!.end();
    await turn();
    expect(sleeps.map(({ ms }) => ms)).toEqual([1_000, 59_000]);
    sleeps[1]!.end();
    await sleeping;
  }
});

test("an abort ends the sleep with the signal's reason", async () => {
  const { sleeps, sleep } = heldSleeps();
  const controller = new AbortController();
  const sleeping = wakeableSleep(events(), sleep).sleep(60_000, controller.signal);
  sleeps[0]!.end();
  await turn();
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
});

test("a watch polls when an event comes, and lets go of the events at its end", async () => {
  const source = events();
  const { sleeps, sleep } = heldSleeps();
  const { client, requests } = scripted([{}, { status: "completed", conclusion: "success" }]);
  const watching = watchRun(client, runParameters, { sleep, wake: source, interval: 600_000 });
  await watching.next();
  const change = watching.next();
  await turn();
  sleeps[0]!.end();
  await turn();
  expect(requests).toHaveLength(1);
  source.send();
  expect((await change).value).toMatchObject({ conclusion: "success" });
  await watching.next();
  expect(source.closed).toBe(true);
});

test("a consumer that breaks off lets go of the events too", async () => {
  const source = events();
  const { client } = scripted([{}]);
  for await (const run of watchRun(client, runParameters, { wake: source })) {
    expect(run.id).toBe(42);
    break;
  }
  expect(source.closed).toBe(true);
});
