/** Ticks are 100 ns: the seven digits after the second in GitHub's logs. */
export const ticksPerMs = 10_000;

/**
 * A log line's timestamp, e.g. `2026-01-01T00:00:00.0000000Z`.
 *
 * @param at ms since 1970
 * @param tick 100 ns units after that millisecond
 */
export function timestamp(at: number, tick: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}${String(tick % ticksPerMs).padStart(4, "0")}Z`;
}
