import { type Sleep, sleep } from "./abort.ts";
import { diagnostics, type Publish } from "./diagnostics.ts";

/** What varies from runtime to runtime, and in tests. */
export interface Environment {
  sleep: Sleep;
  now: () => number;
  random: () => number;
  publish: Publish;
}

/** The clock, the timers, the dice and the diagnostics of this runtime. */
export function platform(): Environment {
  return { sleep, now: Date.now, random: Math.random, publish: diagnostics() };
}
