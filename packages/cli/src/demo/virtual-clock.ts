import type { Context } from "../context.ts";

/** A clock that starts at the context's time and goes by faster; a sleep on it is that much shorter. */
export function virtualClock(
  { now, sleep }: Pick<Context, "now" | "sleep">,
  speed: number,
): Pick<Context, "now" | "sleep"> {
  const start = now();
  return {
    now: () => start + (now() - start) * speed,
    sleep: (ms, signal) => sleep(ms / speed, signal),
  };
}
