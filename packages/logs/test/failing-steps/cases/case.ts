/** A step that fails, made by running the real tool. */
export interface FailingStep {
  /** Name of the case, and of its recorded log. */
  readonly name: string;
  /** Files of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** The step's script, run by bash. Undefined: the output below is written by us, in the form of a tool that needs more than a machine alone. */
  readonly run?: string;
  /** The output, where no tool is run. */
  readonly output?: string;
  /** What says why, by hand: each must be part of a line of the excerpt. */
  readonly reason: readonly string[];
}

/** The numbers from 1 to `count`. */
export const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
/** Lines, one for each number from 1 to `count`. */
export const each = (count: number, text: (index: number) => string) =>
  range(count).map(text).join("\n");

/** A package.json with these scripts. */
export const packageJson = (scripts: Readonly<Record<string, string>>, type = "module") =>
  JSON.stringify({ name: "demo", version: "1.0.0", private: true, type, scripts }, undefined, 2);
