/** The context's signal aborts with this on Ctrl-C and SIGTERM. */
export class Interrupted extends Error {
  override readonly name: string = "Interrupted";
  readonly signalName: "SIGINT" | "SIGTERM";

  constructor(signalName: "SIGINT" | "SIGTERM") {
    super(`stopped by ${signalName}`);
    this.signalName = signalName;
  }
}

/** The context's signal aborts with this when the reader of standard output went away, as `head` does. */
export class OutputClosed extends Error {
  override readonly name: string = "OutputClosed";

  constructor() {
    super("nobody reads the output any more");
  }
}

/** A word that is none of those there are. */
export interface UnknownWord {
  typed: string;
  words: readonly string[];
}

/** A wrong call of the command: exit code 2, and nothing was sent. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
  /** What was typed and what there is, from which the nearest is offered. */
  readonly unknown: UnknownWord | undefined;

  constructor(message: string, unknown?: UnknownWord) {
    super(message);
    this.unknown = unknown;
  }
}
