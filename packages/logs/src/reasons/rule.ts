import type { ProblemMatcher } from "./problem-matcher.ts";

/**
 * How much a line says about why a step failed.
 *
 * `cause`: a tool says what is wrong. `failure`: a tool names what failed: a test, a file, a target. `error`: it has
 * the form of an error message, of whatever tool. `word`: it has a word that such messages have. `warning`: a tool calls it a warning. `consequence`: it
 * says only that something failed: an exit code. `nothing`: it looks like an error and is none.
 */
export type Strength =
  | "cause"
  | "failure"
  | "error"
  | "word"
  | "warning"
  | "consequence"
  | "nothing";

/** Each strength as a number, to compare. */
export const weightOf: Readonly<Record<Strength, number>> = {
  cause: 80,
  failure: 60,
  error: 40,
  word: 20,
  warning: 10,
  consequence: 5,
  nothing: 0,
};

/** A rule: a problem matcher in GitHub's form, and what else it takes to make an excerpt. */
export interface Rule extends ProblemMatcher {
  /** How much a matched line says. */
  readonly strength: Strength;
  /** A text without which the line is none of this rule's; for rules that need none of the usual words of errors. */
  readonly needs?: string;
  /**
   * How many lines before the matched one belong to it.
   * @default 1
   */
  readonly before?: number;
  /**
   * How many lines after the matched one belong to it.
   * @default 3
   */
  readonly after?: number;
  /** Whether the lines after it are indented or framed, so that the first that is neither ends them, from the third on. */
  readonly framed?: boolean;
  /** Whether its message goes on in the next line, as one that ends in a colon does. */
  readonly continues?: boolean;
  /**
   * When another reason goes before it. `always`: the line heads others, as "FAILURES" does. `to-later`: what it is
   * about may have been allowed to fail, as when Git finds no repository; a failure that comes clearly later says why.
   * `to-failure`: as that, but only to what a tool says of a failure, not to an error of no known tool.
   */
  readonly yields?: "always" | "to-later" | "to-failure";
  /**
   * What the reason's text has where it only sums up what stands before it: then it is no cause that others, which yield
   * to later ones, give way to.
   */
  readonly sumsUp?: string;
  /** Lines of the tool, of which the rule matches one at least. */
  readonly example: string;
}
