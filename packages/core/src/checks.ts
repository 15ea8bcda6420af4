import { ParameterError } from "./support/workflow-runs-error.ts";

/** Refuses the value of a parameter or option. `where` is the operation. */
export function refuse(name: string, value: unknown, wanted: string, where: string = ""): never {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new ParameterError(`${where}${name}: ${shown} is not ${wanted}.`, { parameter: name });
}

/** Refuses a number that is too small (or no number). */
export function checkNumber(name: string, value: number, least: number): void {
  if (!(value >= least)) refuse(name, value, `a number of at least ${least}`);
}

/**
 * Refuses a name that does not exist, as a misspelt option would be left out without a word, and one that is
 * missing. What is given as `undefined` counts as absent.
 */
export function checkNames(
  where: string,
  given: object,
  known: readonly string[],
  required: readonly string[] = [],
): void {
  const refuseName = (problem: string, parameter: string): never => {
    throw new ParameterError(`${where}: ${problem} "${parameter}". It takes ${known.join(", ")}.`, {
      parameter,
    });
  };
  const values = given as Readonly<Record<string, unknown>>;
  for (const name in values)
    if (values[name] !== undefined && !known.includes(name)) refuseName("unknown", name);
  for (const name of required) if (values[name] === undefined) refuseName("missing", name);
}
