import type { LogPosition } from "./marker.ts";

/** A log with more seconds than a month has, or with more errors kept, is nobody's. */
const mostSeconds = 35 * 24 * 3600;
/** Errors kept of each second: enough for the lines of one failing step. */
const errorsPerSecond = 64;
const mostErrors = 100_000;

/** An `##[error]` line. */
export interface ErrorPosition extends LogPosition {
  /** It is the last line of a script: with its exit code. */
  readonly ends: boolean;
}

/** Where each second of a log starts, and where its `##[error]` lines are. */
export class TimeIndex {
  readonly #offsets: number[] = [];
  readonly #lines: number[] = [];
  readonly #seconds: number[] = [];
  readonly #errors: ErrorPosition[] = [];
  #ofSecond = 0;
  #last = 0;
  #lastDay = 0;

  /** Whether the time at this byte of a block is of another second than the last one. */
  isNew(block: Uint8Array, at: number): boolean {
    const second = packed(block, at + 18, at + 17, at + 15, at + 14);
    const day = packed(block, at + 12, at + 11, at + 9, at + 8);
    if (second === this.#last && day === this.#lastDay) return false;
    this.#last = second;
    this.#lastDay = day;
    return true;
  }

  /** The first line of a second. */
  add({ offset, line, timestamp }: LogPosition): void {
    const second = Math.floor(timestamp / 1000);
    if (second <= (this.#seconds.at(-1) ?? -Infinity) || this.#seconds.length >= mostSeconds)
      return;
    this.#seconds.push(second);
    this.#offsets.push(offset);
    this.#lines.push(line);
    this.#ofSecond = 0;
  }

  /** An `##[error]` line. */
  addError(position: ErrorPosition): void {
    // The last error of a second replaces the one before, when there are too many.
    if (this.#ofSecond++ >= errorsPerSecond) this.#errors.pop();
    if (this.#errors.length < mostErrors) this.#errors.push(position);
  }

  /** The first line that was written in this second, or after it. */
  from(second: number): LogPosition | undefined {
    let [low, high] = [0, this.#seconds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seconds[middle] as number) < second) low = middle + 1;
      else high = middle;
    }
    const at = this.#seconds[low];
    if (at === undefined) return undefined;
    return {
      offset: this.#offsets[low] as number,
      line: this.#lines[low] as number,
      timestamp: at * 1000,
    };
  }

  /** The `##[error]` lines between two bytes of the log. */
  errorsBetween(start: number, end: number): readonly ErrorPosition[] {
    return this.#errors.filter(({ offset }) => offset >= start && offset < end);
  }
}

function packed(block: Uint8Array, a: number, b: number, c: number, d: number): number {
  return (
    (block[a] as number) |
    ((block[b] as number) << 8) |
    ((block[c] as number) << 16) |
    ((block[d] as number) << 24)
  );
}
