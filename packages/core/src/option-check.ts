import { ParameterError } from "./errors.ts";

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
