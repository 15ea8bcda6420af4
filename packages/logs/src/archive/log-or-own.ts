import type { LogState } from "../missing-log.ts";
import type { Readable } from "../readable.ts";
import { CorruptArchiveError } from "../zip/errors.ts";

/**
 * A job's log in an archive; where it is damaged there, the job's own log. Who has got some of a damaged one learns of
 * it by the error, because that may be wrong already, and has the job's own log when it reads again.
 */
export function logOrOwn(
  archived: Readable,
  own: Readable,
  { state, signal }: { state: LogState; signal: AbortSignal | undefined },
): Readable {
  let damage: CorruptArchiveError | undefined;
  return async function* () {
    let yielded = false;
    try {
      for await (const piece of damage ? instead(own, damage, signal) : archived()) {
        yielded = true;
        yield piece;
      }
    } catch (error) {
      if (damage || !(error instanceof CorruptArchiveError)) throw error;
      damage = error;
      if (yielded) throw error;
      yield* instead(own, damage, signal);
    }
    if (damage) state.origin = "job-log";
  };
}

/** The job's own log. Where there is none either, the damage is what there is to say. */
async function* instead(
  own: Readable,
  damage: CorruptArchiveError,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let yielded = false;
  try {
    for await (const piece of own()) {
      yielded = true;
      yield piece;
    }
  } catch (error) {
    if (yielded || signal?.aborted) throw error;
  }
  // An empty log is none: something stands in the archive.
  if (!yielded) throw damage;
}
