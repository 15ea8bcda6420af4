import { checkOptions, checkValue, kinds, type OptionKind } from "@workflow-runs/core/support";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { type ProblemMatchers, readProblemMatchers } from "./problem-matcher.ts";
import { ReasonFinder, type TextLine } from "./reason-finder.ts";
import { RuleBook } from "./rule-book.ts";
import { allRules } from "./rules/index.ts";

/** How reasons are looked for. */
export interface ReasonOptions {
  /**
   * The most lines of an excerpt.
   * @default 60
   */
  readonly perStep?: number | undefined;
  /**
   * Problem matchers of your own, in GitHub's form; they come before the ones that are built in.
   *
   * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md
   */
  readonly matchers?: ProblemMatchers | undefined;
}

/** The most lines of an excerpt, by default. */
export const defaultPerStep = 60;

/** What these options may be. */
export const reasonOptionKinds: Readonly<Record<keyof ReasonOptions, OptionKind>> = {
  perStep: kinds.count,
  matchers: {
    allows: (value) => typeof value === "object" && value !== null,
    words: "a list of problem matchers",
  },
};

/** The rules, with those of the user. */
export function rulesWith(matchers: ProblemMatchers | undefined): () => RuleBook {
  const users = matchers ? readProblemMatchers(matchers) : [];
  return () => new RuleBook(allRules, users);
}

/**
 * The part of a failing step's lines that says why it failed.
 *
 * @example reasonsOf([{ text: "sum.c:3:5: error: expected ';'" }]).reasons[0]?.rule // "gcc"
 */
export function reasonsOf<L extends TextLine>(
  lines: Iterable<L>,
  options: ReasonOptions = {},
): Excerpt<L> {
  checkValue("reasonsOf", "lines", lines, {
    allows: (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
    words: "an iterable of lines, each { text }",
  });
  checkOptions("reasonsOf", options, reasonOptionKinds);
  const { perStep = defaultPerStep, matchers } = options;
  const finder = new ReasonFinder<L>(rulesWith(matchers)());
  for (const line of lines) finder.add(line);
  return excerptOf(finder.end(), { perStep });
}
