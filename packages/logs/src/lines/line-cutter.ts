import { joined } from "../zip/byte-reader.ts";
import { ArchiveLimitError } from "../zip/errors.ts";

const feed = 10;

/** Cuts pieces of bytes into blocks of whole lines. */
export class LineCutter {
  readonly #limit: number;
  #open: Uint8Array[] = [];
  #openLength = 0;

  /** @param limit bytes that a line may have, `limits.lineLength` */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The whole lines that end in this piece: the one that began before it, and those after it, which are not copied.
   * @throws {ArchiveLimitError} when a line is longer than allowed
   */
  cut(piece: Uint8Array): Uint8Array[] {
    const end = piece.lastIndexOf(feed) + 1;
    const blocks: Uint8Array[] = [];
    let from = 0;
    if (end > 0 && this.#openLength > 0) {
      from = piece.indexOf(feed) + 1;
      this.#check(this.#openLength + from);
      blocks.push(joined([...this.#open, piece.subarray(0, from)]));
      this.#open = [];
      this.#openLength = 0;
    }
    if (end > from) blocks.push(piece.subarray(from, end));
    if (end < piece.length) {
      this.#open.push(piece.subarray(end));
      this.#openLength += piece.length - end;
      this.#check(this.#openLength);
    }
    return blocks;
  }

  /** What is left at the end: a last line without a line end. */
  end(): Uint8Array[] {
    const blocks = this.#openLength > 0 ? [joined(this.#open)] : [];
    this.#open = [];
    this.#openLength = 0;
    return blocks;
  }

  #check(count: number): void {
    if (count > this.#limit)
      throw new ArchiveLimitError(
        "line-too-long",
        "lineLength",
        this.#limit,
        `a line has ${count} bytes or more`,
      );
  }
}
