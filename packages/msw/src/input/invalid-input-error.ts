/** Something was given to the fake that it has no use for; nothing has changed. */
export class InvalidInputError extends RangeError {
  // A constant survives a minifier, which the class's own name does not.
  override readonly name: string = "InvalidInputError";
  /** Where it was given, e.g. `"jobs[0].steps[2].seconds"`; empty for an argument as a whole. */
  readonly property: string;
  /** What was given; undefined when it was missing, or could be a secret. */
  readonly value: unknown;

  constructor(message: string, { property, value }: { property: string; value?: unknown }) {
    super(message);
    this.property = property;
    this.value = value;
  }
}
