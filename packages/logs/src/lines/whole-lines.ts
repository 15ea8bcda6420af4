import { LineCutter } from "./line-cutter.ts";

/** Blocks of whole lines out of pieces of bytes: each ends with a line feed, but perhaps the last. */
export async function* wholeLines(
  pieces: AsyncIterable<Uint8Array>,
  lineLength: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const cutter = new LineCutter(lineLength);
  for await (const piece of pieces) yield* cutter.cut(piece);
  yield* cutter.end();
}
