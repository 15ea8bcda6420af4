import { joined } from "../zip/byte-reader.ts";
import { ArchiveLimitError } from "../zip/errors.ts";

const feed = 10;

/**
 * Cuts pieces of bytes into blocks of whole lines: each ends with a line feed, but perhaps the last.
 * @throws {ArchiveLimitError} when one line has more bytes than `limits.lineLength`
 */
export async function* wholeLines(
  pieces: AsyncIterable<Uint8Array>,
  lineLength: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let open: Uint8Array[] = [];
  let openLength = 0;
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(feed) + 1;
    if (end > 0) {
      if (openLength > 0) checkLine(openLength + piece.indexOf(feed), lineLength);
      yield joined([...open, piece.subarray(0, end)]);
      open = [];
      openLength = 0;
    }
    if (end < piece.length) {
      open.push(piece.subarray(end));
      openLength += piece.length - end;
      checkLine(openLength, lineLength);
    }
  }
  if (openLength > 0) yield joined(open);
}

function checkLine(count: number, limit: number): void {
  if (count > limit)
    throw new ArchiveLimitError(
      "line-too-long",
      "lineLength",
      limit,
      `a line has ${count} bytes or more`,
    );
}
