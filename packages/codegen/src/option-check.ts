import { didYouMean } from "./closest.ts";
import { InputError } from "./errors.ts";

type Kind = "a text" | "a list of texts" | "true or false" | "a function" | "an AbortSignal";

const kinds: { readonly [kind in Kind]: (value: unknown) => boolean } = {
  "a text": (value: unknown) => typeof value === "string" && value !== "",
  "a list of texts": (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === "string"),
  "true or false": (value: unknown) => typeof value === "boolean",
  "a function": (value: unknown) => typeof value === "function",
  "an AbortSignal": (value: unknown) => value instanceof AbortSignal,
};

/** The options of a function and what each must be. */
export type OptionKinds<Options> = { readonly [name in keyof Options]-?: Kind };

/**
 * Refuses what TypeScript would refuse, for programs that are not written in it.
 *
 * @throws {InputError} naming the option, what was given and what is allowed.
 */
export function checkOptions<Options extends object>(
  of: string,
  given: Options,
  allowed: OptionKinds<Options>,
): void {
  const names = Object.keys(allowed);
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (!Object.hasOwn(allowed, name)) {
      const hint = didYouMean([name], names);
      throw new InputError(`${of}: there is no ${name}${hint}; there are ${names.join(", ")}`);
    }
    const kind = allowed[name as keyof Options];
    if (value !== undefined && !kinds[kind](value)) {
      throw new InputError(`${of}: ${name} is ${shown(value)}, not ${kind}`);
    }
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
