/** The fake cannot use what was passed to it; nothing has changed. */
export class InvalidInputError extends RangeError {
  // A constant survives a minifier, which the class's own name does not.
  override readonly name: string = "InvalidInputError";
  /** The path to the value, e.g. `"jobs[0].steps[2].seconds"`; empty for an argument as a whole. */
  readonly property: string;
  /** The value; undefined when it was missing, or could be a secret. */
  readonly value: unknown;

  constructor(message: string, { property, value }: { property: string; value?: unknown }) {
    super(message);
    this.property = property;
    this.value = value;
  }
}

/** The path of a property, or of an entry of a list. */
export function below(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  const plain = /^[A-Za-z_]\w*$/.test(key);
  const step = plain ? (path === "" ? key : `.${key}`) : `[${JSON.stringify(key)}]`;
  return `${path}${step}`;
}

/**
 * The error for a value that is not allowed, in the words of every package: `createRun: status is "done", not "queued" …`.
 *
 * @param call what was called, e.g. `"createRun"`; empty for a file
 * @param path the path to the value, e.g. `"jobs[0].name"`; empty for the argument itself
 * @param problem what follows the value: `not a date.`
 * @param secret keeps the value out of the message
 */
export function refusal(
  call: string,
  path: string,
  value: unknown,
  problem: string,
  secret: boolean = false,
): InvalidInputError {
  const text = secret ? `a hidden ${typeof value} (it may be a secret)` : shown(value);
  const sentence = path === "" ? `${text} is ${problem}` : `${path} is ${text}, ${problem}`;
  return new InvalidInputError(`${prefix(call)}${sentence}`, {
    property: path,
    value: secret ? undefined : value,
  });
}

/** The error for a value that has to be there. */
export function missing(call: string, path: string, expected: string): InvalidInputError {
  return new InvalidInputError(`${prefix(call)}${path} is missing: give ${expected}.`, {
    property: path,
  });
}

function prefix(call: string): string {
  return call === "" ? "" : `${call}: `;
}

/** A value as it would be written, cut when long. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value);
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
