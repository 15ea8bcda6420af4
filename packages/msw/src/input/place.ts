import { InvalidInputError } from "./invalid-input-error.ts";

/** Where a value was given. */
export interface Place {
  /** What was called, e.g. `"createRun"`; empty for a file. */
  readonly call: string;
  /** e.g. `"jobs[0].name"`; empty for the argument itself. */
  readonly path: string;
  /** Whether values must stay out of messages, because they may be tokens or keys. */
  readonly secret?: boolean;
}

/** The place of a property, or of an entry of a list. */
export function below(place: Place, key: string | number): Place {
  const { path } = place;
  if (typeof key === "number") return { ...place, path: `${path}[${key}]` };
  const plain = /^[A-Za-z_]\w*$/.test(key);
  const step = plain ? (path === "" ? key : `.${key}`) : `[${JSON.stringify(key)}]`;
  return { ...place, path: `${path}${step}` };
}

/** The error for a value that cannot be: `createRun: status "done" is none of …`. */
export function refusal(place: Place, value: unknown, problem: string): InvalidInputError {
  const { call, path, secret } = place;
  const hidden = secret === true && value !== undefined;
  const words = [path, value === undefined && path !== "" ? "" : hidden ? "" : shown(value)];
  const message = `${words.filter((word) => word !== "").join(" ")} ${problem}`.trim();
  return new InvalidInputError(call === "" ? message : `${call}: ${message}`, {
    property: path,
    value: hidden ? undefined : value,
  });
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
