import { CorruptArchiveError } from "./zip/errors.ts";

/** Bytes that can be read as often as wanted. */
export type Readable = () => AsyncIterable<Uint8Array>;

/**
 * Reads a log for what is known at its end. One that was damaged is read once more: none of it was passed on, and another
 * source may have it.
 */
export async function readWhole<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CorruptArchiveError)) throw error;
    return read();
  }
}
