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
   * The whole lines that end in this piece, with what was left of the one before; undefined when none ends.
   * @throws {ArchiveLimitError} when a line is longer than allowed
   */
  cut(piece: Uint8Array): Uint8Array | undefined {
    const end = piece.lastIndexOf(feed) + 1;
    let block: Uint8Array | undefined;
    if (end > 0) {
      if (this.#openLength > 0) this.#check(this.#openLength + piece.indexOf(feed));
      block = joined([...this.#open, piece.subarray(0, end)]);
      this.#open = [];
      this.#openLength = 0;
    }
    if (end < piece.length) {
      this.#open.push(piece.subarray(end));
      this.#openLength += piece.length - end;
      this.#check(this.#openLength);
    }
    return block;
  }

  /** What is left at the end: a last line without a line end. */
  end(): Uint8Array | undefined {
    const block = this.#openLength > 0 ? joined(this.#open) : undefined;
    this.#open = [];
    this.#openLength = 0;
    return block;
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
