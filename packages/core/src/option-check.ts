import { ParameterError } from "./errors.ts";

/** Refuses an option that does not exist, as a misspelt one would not: it would be left out without a word. */
export function checkNames(options: object, known: object): void {
  for (const name in options)
    if (!(name in known))
      throw new ParameterError(
        name,
        `unknown option "${name}". There are ${Object.keys(known).join(", ")}.`,
      );
}

/** Refuses an option's number that is out of range (or no number). */
export function checkOption(
  name: string,
  value: number,
  least: number,
  most: number = Infinity,
): void {
  if (!(value >= least && value <= most))
    throw new ParameterError(name, `${name}: ${value} is not a number from ${least} to ${most}.`);
}
