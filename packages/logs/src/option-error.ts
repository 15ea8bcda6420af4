/** An argument or option that cannot be used. Nothing has been read or sent. */
export class LogsOptionError extends RangeError {
  static {
    Object.defineProperty(this.prototype, "name", { value: "LogsOptionError" });
  }

  /** Its name, e.g. `attempts` or `limits.ratio`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(`${option}: ${problem}`);
    this.option = option;
  }
}

/**
 * Refuses an option that does not exist, which a misspelt one would be.
 *
 * @param known every option there is, so that the compiler tells when one is missing here
 * @throws {LogsOptionError} naming the first unknown option and all there are
 */
export function checkOptionNames<Options extends object>(
  options: Options | undefined,
  known: Record<keyof Options, true>,
): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null)
    throw new LogsOptionError("options", `${JSON.stringify(options)} is not an object.`);
  for (const name of Object.keys(options))
    if (!(name in known))
      throw new LogsOptionError(
        name,
        `there is no such option, only ${Object.keys(known).join(", ")}.`,
      );
}
