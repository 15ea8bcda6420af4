import { CorruptArchiveError } from "./errors.ts";

const nothing = new Uint8Array(0);

/** Pulls bytes from a stream, as many as wanted, and knows the position in it. */
export class ByteReader {
  readonly #next: () => Promise<Uint8Array | undefined>;
  #head: Uint8Array = nothing;
  #position = 0;
  #ended = false;

  constructor(next: () => Promise<Uint8Array | undefined>) {
    this.#next = next;
  }

  /** How many bytes have been taken. */
  get position(): number {
    return this.#position;
  }

  /** The next `count` bytes, or fewer at the end of the stream; they are not taken. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#head.length < count && !this.#ended) {
      const parts = this.#head.length > 0 ? [this.#head] : [];
      let total = this.#head.length;
      while (total < count) {
        const part = await this.#next();
        if (part === undefined) {
          this.#ended = true;
          break;
        }
        parts.push(part);
        total += part.length;
      }
      this.#head = joined(parts, total);
    }
    return this.#head.subarray(0, count);
  }

  /** Takes the next `count` bytes. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    if (bytes.length < count)
      throw new CorruptArchiveError(
        "truncated",
        `the archive ends after ${this.#position + bytes.length} bytes, in the middle of a record`,
      );
    this.drop(count);
    return bytes;
  }

  /** Takes what is at hand, at most `limit` bytes, at least one; undefined at the end of the stream. */
  async chunk(limit: number = Infinity): Promise<Uint8Array | undefined> {
    while (this.#head.length === 0) {
      if (this.#ended) return undefined;
      const part = await this.#next();
      if (part === undefined) this.#ended = true;
      else this.#head = part;
    }
    const bytes = this.#head.subarray(0, limit);
    this.drop(bytes.length);
    return bytes;
  }

  /** All that is at hand without waiting; it is not taken. */
  atHand(): Uint8Array {
    return this.#head;
  }

  /** Takes bytes that were peeked at. */
  drop(count: number): void {
    this.#head = this.#head.subarray(count);
    this.#position += count;
  }

  /** Puts the last bytes taken back. */
  putBack(bytes: Uint8Array): void {
    this.#position -= bytes.length;
    const { buffer, byteOffset, length } = this.#head;
    // What was taken mostly stands before what is at hand, of which there may be megabytes.
    const isBefore = bytes.buffer === buffer && bytes.byteOffset + bytes.length === byteOffset;
    if (length === 0) this.#head = bytes;
    else if (isBefore) this.#head = new Uint8Array(buffer, bytes.byteOffset, bytes.length + length);
    else this.#head = joined([bytes, this.#head]);
  }
}

/** One array out of several. */
export function joined(parts: readonly Uint8Array[], total?: number): Uint8Array {
  if (parts.length <= 1) return parts[0] ?? nothing;
  const bytes = new Uint8Array(total ?? parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
