import { expect, test } from "vitest";
import { abortable } from "./abortable.ts";

// Vitest fails a run in which a rejection goes unhandled.
test("what fails after an abort, or was about to, goes unnoticed", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await expect(abortable(Promise.reject(new Error("cancelled")), signal)).rejects.toBe(reason);

  const controller = new AbortController();
  const waiting = abortable(
    new Promise((_, reject) => setTimeout(reject, 1, new Error("cancelled"))),
    controller.signal,
  );
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await new Promise((passed) => setTimeout(passed, 5));
});

test("without an abort it is the promise", async () => {
  const { signal } = new AbortController();
  await expect(abortable(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(abortable(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
});
