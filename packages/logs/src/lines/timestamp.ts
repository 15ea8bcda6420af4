/** Length of `2026-01-01T00:00:00.0000000Z`, the only form the runner writes. */
export const timestampLength = 28;

/** Whether a line of a block, `at` to `end`, starts with a time, by what stands between its digits. */
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

/** As {@link hasTimestamp}, of the bytes of a log. */
export function bytesHaveTimestamp(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= timestampLength &&
    bytes[at + 27] === 90 &&
    bytes[at + 4] === 45 &&
    bytes[at + 7] === 45 &&
    bytes[at + 10] === 84 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58 &&
    bytes[at + 19] === 46
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
    const century = twoDigits(text.charCodeAt(at), text.charCodeAt(at + 1));
    const year = twoDigits(text.charCodeAt(at + 2), text.charCodeAt(at + 3));
    const month = twoDigits(text.charCodeAt(at + 5), text.charCodeAt(at + 6));
    const day = twoDigits(text.charCodeAt(at + 8), text.charCodeAt(at + 9));
    const hour = twoDigits(text.charCodeAt(at + 11), text.charCodeAt(at + 12));
    const minute = twoDigits(text.charCodeAt(at + 14), text.charCodeAt(at + 15));
    const second = twoDigits(text.charCodeAt(at + 17), text.charCodeAt(at + 18));
    const hundredths = twoDigits(text.charCodeAt(at + 20), text.charCodeAt(at + 21));
    const next = twoDigits(text.charCodeAt(at + 22), text.charCodeAt(at + 23));
    const rest =
      twoDigits(text.charCodeAt(at + 24), text.charCodeAt(at + 25)) |
      twoDigits(text.charCodeAt(at + 26), zero);
    const all = century | year | month | day | hour | minute | second | hundredths | next | rest;
    if (all < 0) return undefined;
    const date = ((century * 100 + year) * 100 + month) * 100 + day;
    return this.#time(
      date,
      (hour * 60 + minute) * 60 + second,
      hundredths * 10 + Math.trunc(next / 10),
    );
  }

  /** As {@link read}, of the bytes of a log. */
  readBytes(bytes: Uint8Array, at: number): number | undefined {
    const pair = (index: number): number =>
      twoDigits(bytes[at + index] as number, bytes[at + index + 1] as number);
    const [century, year, month, day] = [pair(0), pair(2), pair(5), pair(8)];
    const [hour, minute, second] = [pair(11), pair(14), pair(17)];
    const [hundredths, next] = [pair(20), pair(22)];
    const rest = pair(24) | twoDigits(bytes[at + 26] as number, zero);
    const all = century | year | month | day | hour | minute | second | hundredths | next | rest;
    if (all < 0) return undefined;
    const date = ((century * 100 + year) * 100 + month) * 100 + day;
    return this.#time(
      date,
      (hour * 60 + minute) * 60 + second,
      hundredths * 10 + Math.trunc(next / 10),
    );
  }

  #time(date: number, seconds: number, milliseconds: number): number | undefined {
    if (date !== this.#date) {
      this.#date = date;
      this.#midnight = midnight(date);
    }
    const time = this.#midnight + seconds * 1000 + milliseconds;
    return Number.isNaN(time) ? undefined : time;
  }
}

const zero = 48;

/** Two digits as a number, negative when they are none. Integers all along: this runs ten times for every line. */
function twoDigits(first: number, second: number): number {
  const tens = first - zero;
  const ones = second - zero;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
}

/** The first millisecond of a day written as the number 20260131; NaN when there is no such day. */
function midnight(date: number): number {
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  const time = Date.UTC(year, month - 1, day);
  return new Date(time).getUTCDate() === day && month >= 1 && month <= 12 ? time : Number.NaN;
}
