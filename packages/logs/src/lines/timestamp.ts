/** Length of `2026-01-01T00:00:00.0000000Z`, the only form the runner writes. */
export const timestampLength = 28;

/** Whether a line of a block, `at` to `end`, starts with a time: told by what stands between its digits. */
export function hasTimestamp(text: string, at: number, end: number): boolean {
  return (
    end - at >= timestampLength &&
    text.charCodeAt(at + 27) === 90 &&
    text.charCodeAt(at + 4) === 45 &&
    text.charCodeAt(at + 7) === 45 &&
    text.charCodeAt(at + 10) === 84 &&
    text.charCodeAt(at + 13) === 58 &&
    text.charCodeAt(at + 16) === 58 &&
    text.charCodeAt(at + 19) === 46
  );
}

/**
 * Reads times by digit arithmetic: a regular expression and `Date.parse` take five times as long. It keeps the last
 * day, which the next line is nearly always of.
 */
export class TimestampReader {
  #date = Number.NaN;
  #midnight = Number.NaN;

  /**
   * The time at the start of a line that has one, in milliseconds since 1970; undefined when its digits are none.
   *
   * @param text the line or a block of lines
   * @param at where the line starts in it
   */
  read(text: string, at: number): number | undefined {
    const digits = new Digits(text);
    const date =
      (digits.two(at) * 100 + digits.two(at + 2)) * 10_000 +
      digits.two(at + 5) * 100 +
      digits.two(at + 8);
    const seconds = (digits.two(at + 11) * 60 + digits.two(at + 14)) * 60 + digits.two(at + 17);
    const thousandths = digits.two(at + 20) * 10 + digits.one(at + 22);
    digits.two(at + 23);
    digits.two(at + 25);
    if (digits.strange < 0) return undefined;
    if (date !== this.#date) {
      this.#date = date;
      this.#midnight = midnight(date);
    }
    const time = this.#midnight + seconds * 1000 + thousandths;
    return Number.isNaN(time) ? undefined : time;
  }
}

/** Digits of a text as numbers; `strange` is negative once one was none. */
class Digits {
  readonly #text: string;
  strange = 0;

  constructor(text: string) {
    this.#text = text;
  }

  one(at: number): number {
    const digit = this.#text.charCodeAt(at) - 48;
    this.strange |= digit | (9 - digit);
    return digit;
  }

  two(at: number): number {
    return this.one(at) * 10 + this.one(at + 1);
  }
}

/** The first millisecond of a day written as the number 20260131; NaN when there is no such day. */
function midnight(date: number): number {
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  const time = Date.UTC(year, month - 1, day);
  return new Date(time).getUTCDate() === day && month >= 1 && month <= 12 ? time : Number.NaN;
}
