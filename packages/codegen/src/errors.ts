/**
 * Some input is wrong: a file, an option, an overlay. The message is one line that names the file and
 * the location, and says what to do. The command exits with 2.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/**
 * The description is readable, but what it says needs a person: an operation went away, a correction is no longer
 * needed, an example contradicts its schema, a committed file is stale. The command exits with 1.
 */
export class ReviewError extends Error {
  override readonly name: string = "ReviewError";
}

/** Runs `work`, and puts the name of the file in front of what it finds wrong. */
export function inFile<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}
