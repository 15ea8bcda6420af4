/** A range of moments, both ends inclusive, in ms since 1970. */
export interface MomentRange {
  from: number;
  to: number;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads the `created` filter in GitHub's search syntax: `2026-01-01`, `>=2026-01-01T10:00:00Z`,
 * `<2026-01-01`, `2026-01-01..2026-01-31`, `*..2026-01-31`, `2026-01-01..*`.
 *
 * @returns undefined when it is none of those
 * @see https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates
 */
export function createdRange(text: string): MomentRange | undefined {
  const between = text.split("..");
  if (between.length === 2) {
    const from = between[0] === "*" ? { from: -Infinity, to: 0 } : span(between[0] as string);
    const to = between[1] === "*" ? { from: 0, to: Infinity } : span(between[1] as string);
    return from && to && { from: from.from, to: to.to };
  }
  const match = /^(>=|<=|>|<)?(.+)$/.exec(text);
  const at = match === null ? undefined : span(withPlus(match[2] as string));
  if (match === null || at === undefined) return undefined;
  switch (match[1]) {
    case ">=":
      return { from: at.from, to: Infinity };
    case ">":
      return { from: at.to + 1, to: Infinity };
    case "<=":
      return { from: -Infinity, to: at.to };
    case "<":
      return { from: -Infinity, to: at.from - 1 };
    default:
      return at;
  }
}

/**
 * A `+` that was not escaped arrives as a space. With `>=` it is taken all the same: convictional/trigger-workflow-and-wait
 * has never sent another. In a range it is not: github/rest-api-description#2542.
 */
function withPlus(text: string): string {
  return text.replace(/ (?=\d{2}:?\d{2}$)/, "+");
}

/** The day, the minute or the second that a date stands for. */
function span(text: string): MomentRange | undefined {
  if (day.test(text)) return spanFrom(`${text}T00:00:00Z`, 86_400_000);
  if (!moment.test(text)) return undefined;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  return spanFrom(zoned, /T\d{2}:\d{2}:\d{2}/.test(text) ? 1000 : 60_000);
}

function spanFrom(text: string, length: number): MomentRange | undefined {
  const from = Date.parse(text);
  return Number.isNaN(from) ? undefined : { from, to: from + length - 1 };
}
