/** `42s`, `3m 7s`, `2h 5m`, `3d 4h`: the two largest units. Empty for undefined. */
export function duration(ms: number | undefined): string {
  if (ms === undefined || Number.isNaN(ms)) return "";
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** `5m ago`: the largest unit only. */
export function ago(ms: number): string {
  const [first = ""] = duration(Math.max(0, ms)).split(" ");
  return `${first} ago`;
}

/** Milliseconds between two of GitHub's times; undefined when one is missing. */
export function between(
  start: string | null | undefined,
  end: string | null | undefined,
): number | undefined {
  if (!start || !end) return undefined;
  const ms = Date.parse(end) - Date.parse(start);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * Reads `90s`, `10m`, `2h`, `1h30m`, `30d`, `8w` or plain seconds.
 *
 * @returns Milliseconds, or undefined when it is none of these.
 */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const match = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(
    text.replaceAll(" ", ""),
  );
  if (match === null || text === "") return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
