import { WatchOptionError } from "./errors.ts";

/** What an option may be, as a test and in words. */
export interface OptionKind {
  readonly allows: (value: unknown) => boolean;
  readonly words: string;
}

export const DURATION: OptionKind = {
  allows: (value) => typeof value === "number" && value >= 0,
  words: "milliseconds, a number of 0 or more",
};

export const FUNCTION: OptionKind = {
  allows: (value) => typeof value === "function",
  words: "a function",
};

export const SIGNAL: OptionKind = {
  allows: (value) => typeof (value as AbortSignal | null)?.throwIfAborted === "function",
  words: "an AbortSignal",
};

const OBJECT: OptionKind = {
  allows: (value) => typeof value === "object" && value !== null,
  words: "an object",
};

const PARAMETERS: OptionKind = { ...OBJECT, words: "{ owner, repo, run_id }" };

/**
 * What TypeScript would have said: refuses arguments that are no objects, names that are no options, and values
 * of the wrong kind. An option that is `undefined` counts as absent.
 *
 * @throws {WatchOptionError}
 */
export function checkArguments(
  caller: string,
  params: unknown,
  options: object,
  kinds: Readonly<Record<string, OptionKind>>,
): void {
  checkOption("params", params, PARAMETERS);
  checkOption("options", options, OBJECT);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(kinds, name)) {
      // Without its value, which may be a secret: `auth` belongs to the client.
      throw new WatchOptionError(
        name,
        `${caller} has no option ${JSON.stringify(name)}. It takes ${Object.keys(kinds).join(", ")}.`,
      );
    }
    checkOption(name, value, kinds[name] as OptionKind);
  }
}

/**
 * Refuses a value of the wrong kind.
 *
 * @param source What gave the value, where that is not the option itself.
 * @throws {WatchOptionError}
 */
export function checkOption(
  option: string,
  value: unknown,
  { allows, words }: OptionKind,
  source: string = option,
): void {
  if (!allows(value))
    throw new WatchOptionError(option, `${source} is ${shown(value)}; give ${words}.`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
