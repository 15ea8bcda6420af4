import type { LineLevel } from "../lines/line.ts";
import { messagesOf } from "./message-text.ts";
import {
  type PatternMatch,
  type Problem,
  type ProblemMatcher,
  RunningMatcher,
} from "./problem-matcher.ts";
import { type Rule, type Strength, weightOf } from "./rule.ts";

/** What a line is by the rules. */
export interface Hit {
  /** Owner of the rule. */
  readonly rule: string;
  readonly strength: Strength;
  readonly weight: number;
  /** Whether the rule knows no more than the form that errors have. */
  readonly general: boolean;
  /** The line without the prefixes that the rule did not want. */
  readonly message: string;
  readonly problem: Problem;
  readonly linesBefore: number;
  readonly before: number;
  readonly after: number;
  readonly framed: boolean;
  readonly continues: boolean;
  readonly yields: Rule["yields"];
  readonly sumsUp: Rule["sumsUp"];
}

interface Running {
  readonly rule: Rule;
  readonly matcher: RunningMatcher;
}

/** Words that the messages of nearly all tools have in a line that says why. */
const usualWords =
  "err|fail|fatal|up[ -]to[ -]date|rate limit|quota|no tests? |uncommitted|untracked|panic|exception|critical|traceback|cannot|can't|can not|could not|couldn't|unable|not found|not |no such|denied|refus|dirty|timed out|timeout|exceed|more than|invalid|illegal|unexpected|undefined|unresolved|unknown|unsupported|missing|mismatch|expected|out of|assert|abort|killed|segmentation|core dumped|signal|out of memory|no space|conflict|reject|forbidden|unauthorized|disallow|prohibit|_not_|_exists_|_ignored|violat|broken|corrupt|crash|fault|incompatible|require|must |should |✗|✖|✘|×|❌|⨯|●|exit|already|format|leaks|vulnerab|cve-|heap|throw|deadline|\\.[a-z]{1,10}(?:: ?|\\t *|\\()\\d+[\\]:,) \\t]|econn|enoent|e: |e  ";

/** The rules at work on one log: for each line the first rule that matches. */
export class RuleBook {
  readonly #users: readonly Running[];
  readonly #single: readonly Running[];
  readonly #several: readonly Running[];
  readonly #gate: RegExp;

  /** @param users problem matchers of the user, which see every line */
  constructor(rules: readonly Rule[], users: readonly ProblemMatcher[] = []) {
    const running = (rule: Rule): Running => ({ rule, matcher: new RunningMatcher(rule) });
    const own = users.map((matcher): Rule => asRule(matcher));
    this.#users = own.filter(({ pattern }) => pattern.length === 1).map(running);
    this.#single = rules.filter(({ pattern }) => pattern.length === 1).map(running);
    this.#several = [...own, ...rules].filter(({ pattern }) => pattern.length > 1).map(running);
    const needs = [...new Set(rules.flatMap(({ needs: text }) => text ?? []))].map(escaped);
    this.#gate = new RegExp([usualWords, ...needs].join("|"), "i");
  }

  /** The first rule that the line at `at` matches, as it stands or without what others write before it. */
  match(whole: string, level: LineLevel, at: number): Hit | undefined {
    let found: Hit | undefined;
    // A matcher of several patterns sees each line, as it stands.
    for (const { rule, matcher } of this.#several) {
      const match = matcher.match(whole, at);
      if (match) found ??= hitOf(rule, whole, match, level) ?? undefined;
    }
    found ??= this.#first(this.#users, whole, level, at) ?? undefined;
    if (found) return found;
    if (level !== "error" && !this.#gate.test(whole)) return undefined;
    const messages = messagesOf(whole);
    for (const [index, message] of messages.entries()) {
      const hit = this.#first(this.#single, message, level, at);
      if (hit === null) return undefined;
      // What is no more than the form of an error may be a tool's message behind a prefix.
      if (hit && !hit.general)
        return this.#withoutPrefix(hit, messages.slice(index + 1), level, at);
      if (hit && hit.weight > (found?.weight ?? 0)) found = hit;
    }
    if (found) return found;
    return level === "error" && whole !== "" ? marked(whole) : undefined;
  }

  /** A file's path may have spaces, and so begin with what another program wrote before it: without that it is the same. */
  #withoutPrefix(hit: Hit, shorter: readonly string[], level: LineLevel, at: number): Hit {
    const { path } = hit.problem;
    if (path === undefined) return hit;
    for (const message of shorter.toReversed()) {
      const same = this.#first(this.#single, message, level, at);
      if (same?.problem.path !== undefined && path.endsWith(same.problem.path)) return same;
    }
    return hit;
  }

  /** What the first rule says that matches; null where it says that the line is no error. */
  #first(
    rules: readonly Running[],
    message: string,
    level: LineLevel,
    at: number,
  ): Hit | null | undefined {
    for (const { rule, matcher } of rules) {
      if (rule.needs !== undefined && !message.includes(rule.needs)) continue;
      const match = matcher.match(message, at);
      if (match) return hitOf(rule, message, match, level);
    }
    return undefined;
  }
}

function asRule({ owner, severity, pattern }: ProblemMatcher): Rule {
  return { owner, severity, pattern, strength: "cause", example: "" };
}

function hitOf(
  rule: Rule,
  message: string,
  { problem, severity, linesBefore }: PatternMatch,
  level: LineLevel,
): Hit | null {
  const { owner, before = 1, after = 3, framed = false, continues = false } = rule;
  let { strength } = rule;
  // What the tool itself calls a warning is none of the reasons, until nothing else is.
  if (/^(?:warn|notice|info|note|remark|hint|style)/.test(severity) && level !== "error")
    strength = "warning";
  if (level === "warning" || level === "notice") strength = "warning";
  // The runner marked it as an error: so it is one.
  if (level === "error" && weightOf[strength] > weightOf.consequence)
    strength = weightOf[strength] < weightOf.failure ? "failure" : strength;
  if (strength === "nothing" && level !== "error") return null;
  return {
    rule: owner,
    strength,
    weight: weightOf[strength],
    general: rule.strength === "error" || rule.strength === "word",
    message: linesBefore > 0 ? problemText(problem, message) : message.trim(),
    problem,
    linesBefore,
    before,
    after,
    framed,
    continues: continues || message.trimEnd().endsWith(":"),
    yields: rule.yields,
    sumsUp: rule.sumsUp,
  };
}

/** A problem of several lines in one. */
function problemText({ path, line, column, message, code }: Problem, last: string): string {
  const location = [path, line, column].filter((part) => part !== undefined).join(":");
  const end = code === undefined ? "" : ` [${code}]`;
  return `${location}${location && ": "}${message ?? last.trim()}${end}`;
}

/** A line that the runner marked as an error, and no rule knows. */
function marked(message: string): Hit {
  return {
    rule: "runner",
    strength: "failure",
    weight: weightOf.failure,
    general: true,
    message: message.trim(),
    problem: {},
    linesBefore: 0,
    before: 1,
    after: 3,
    framed: false,
    continues: message.trimEnd().endsWith(":"),
    yields: undefined,
    sumsUp: undefined,
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
