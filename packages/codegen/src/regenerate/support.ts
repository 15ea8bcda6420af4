import type { Target } from "./sources.ts";

const day = 86_400_000;

/** How long before its end a target's support is mentioned. */
const notice = 90 * day;

/** A sentence for each target that GitHub no longer supports, or soon will not. */
export function supportNotes(targets: readonly Target[], now: number): string[] {
  return targets.flatMap(({ name, supportedUntil }) => {
    if (supportedUntil === undefined) return [];
    const left = Date.parse(supportedUntil) + day - now;
    if (left <= 0) {
      return `${name} is out of support since ${supportedUntil}: take it out of the targets, which asks for a major version`;
    }
    const days = Math.ceil(left / day);
    return left <= notice
      ? `${name} is supported until ${supportedUntil}, ${days} ${days === 1 ? "day" : "days"} more`
      : [];
  });
}
