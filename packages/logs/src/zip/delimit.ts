import { findDescriptor, longestDescriptor } from "./descriptor.ts";
import type { Body } from "./engine.ts";
import { CorruptArchiveError } from "./errors.ts";
import type { Measure } from "./records.ts";

const step = 2 ** 17;
// Four bytes of signature may start just before the end, and two bytes of the next record follow.
const overlap = longestDescriptor + 2;

/**
 * The packed bytes of an entry, up to where they end: by their known size, or by the data descriptor that
 * follows them. Ends with what the archive says they measure; the reader then stands behind the data.
 */
export async function* delimit({
  entry,
  reader,
  known,
  zip64,
}: Pick<Body, "entry" | "reader" | "known" | "zip64">): AsyncGenerator<
  Uint8Array,
  Measure,
  undefined
> {
  if (known) {
    for (let left = known.compressedSize; left > 0;) {
      const chunk = await reader.chunk(Math.min(left, step));
      if (!chunk) throw endsInside(entry);
      left -= chunk.length;
      yield chunk;
    }
    return known;
  }
  let position = 0;
  for (;;) {
    const bytes = await reader.peek(step);
    const found = findDescriptor(bytes, position, zip64);
    if (found) {
      if (found.at > 0) yield (await reader.take(found.at)).slice();
      return found;
    }
    const whole = bytes.length - overlap;
    if (whole <= 0 || bytes.length < step) throw endsInside(entry);
    position += whole;
    yield (await reader.take(whole)).slice();
  }
}

/** The error for an archive that ends in the middle of an entry. */
export function endsInside(entry: string): CorruptArchiveError {
  return new CorruptArchiveError("truncated", "the archive ends inside this entry", entry);
}
