const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time: milliseconds, or a number with a unit such as `"90s"`, `"5m"`, `"2h"`, `"1d"`. */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;

/**
 * Reads a {@link Duration}.
 *
 * @returns milliseconds, NaN when it is neither a number nor one of those forms
 */
export function milliseconds(duration: Duration): number {
  if (typeof duration === "number" && Number.isFinite(duration)) return duration;
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration));
  if (match === null) return Number.NaN;
  return Number(match[1]) * (units[match[2] as string] as number);
}
