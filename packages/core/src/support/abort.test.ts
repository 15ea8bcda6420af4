import { expect, test, vi } from "vitest";
import { abortable, orAbort, sleep } from "@workflow-runs/core/support";

test("a sleep longer than a timer can wait goes on to its end", async () => {
  vi.useFakeTimers();
  try {
    const month = 31 * 24 * 3_600_000;
    const ended = vi.fn();
    void sleep(month).finally(ended);
    await vi.advanceTimersByTimeAsync(month - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test("an aborted sleep rejects with the signal's own reason and leaves no timer", async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const reason = new Error("enough");
    const sleeping = sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a promise with a signal is the promise until the signal aborts", async () => {
  const { signal } = new AbortController();
  await expect(orAbort(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(orAbort(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
  await expect(orAbort(Promise.resolve(2), undefined)).resolves.toBe(2);
  const reason = new Error("enough");
  await expect(orAbort(new Promise(() => {}), AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("a rejection after the abort is not unhandled", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  try {
    const late = new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Error("late")), 5);
    });
    await expect(orAbort(late, AbortSignal.abort())).rejects.toThrow("aborted");
    await sleep(20);
    expect(unhandled).not.toHaveBeenCalled();
  } finally {
    process.off("unhandledRejection", unhandled);
  }
});

test("no listener stays on the signal, however the work ends", async () => {
  const { signal } = new AbortController();
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  await abortable<void>(signal, (resolve) => {
    queueMicrotask(resolve);
    return () => {};
  });
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
});
