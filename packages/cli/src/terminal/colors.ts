import picocolors from "picocolors";

/** Functions that colour a text, or leave it alone. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * Whether to colour what goes to an output: never with `NO_COLOR` or on a dumb terminal, always with
 * `FORCE_COLOR`, else when a person sees it.
 *
 * @see https://no-color.org
 */
export function wantsColor(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTTY && env["TERM"] !== "dumb";
}

/** The colour functions, or functions that change nothing. */
export function createColors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}
