import { ParameterError } from "@workflow-runs/core/support";

/**
 * One pattern of a problem matcher: a regular expression for one line, and which of its groups holds what.
 *
 * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md
 */
export interface ProblemPattern {
  /** A JavaScript regular expression. The runner of GitHub ignores its case only where it says `(?i)`. */
  readonly regexp: string;
  /** Group of the file's path. */
  readonly file?: number | undefined;
  /** Group of the path that `file` starts from. */
  readonly fromPath?: number | undefined;
  /** Group of the line in the file. */
  readonly line?: number | undefined;
  /** Group of the column in that line. */
  readonly column?: number | undefined;
  /** Group of the severity: `error`, `warning`, `notice`. */
  readonly severity?: number | undefined;
  /** Group of the tool's code for the problem, e.g. `TS2322`. */
  readonly code?: number | undefined;
  /** Group of the message. */
  readonly message?: number | undefined;
  /** Whether the pattern goes on to match lines; allowed for the last of several patterns. */
  readonly loop?: boolean | undefined;
}

/**
 * A problem matcher as actions and tools ship it: an entry of `problemMatcher` in such a JSON file.
 *
 * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md
 */
export interface ProblemMatcher {
  /** Its name. */
  readonly owner: string;
  /**
   * Severity where no group says one.
   * @default "error"
   */
  readonly severity?: string | undefined;
  /** One pattern for each line of the problem. */
  readonly pattern: readonly ProblemPattern[];
}

/** What a problem matcher read in a line. */
export interface Problem {
  /** Path of the file, as the tool wrote it. */
  readonly path?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** The tool's code for the problem, e.g. `TS2322`. */
  readonly code?: string;
  /** The message without location and code. */
  readonly message?: string;
}

/** What one line was for a problem matcher. */
export interface PatternMatch {
  readonly problem: Problem;
  readonly severity: string;
  /** How many lines before this one are the problem's first lines: 0 for a matcher of one pattern. */
  readonly linesBefore: number;
}

const textParts = ["file", "code", "message", "severity"] as const;
const numberParts = ["line", "column"] as const;
type Part = (typeof textParts)[number] | (typeof numberParts)[number];

interface CompiledPattern {
  readonly regexp: RegExp;
  readonly pattern: ProblemPattern;
}

/** A problem matcher at work: lines go in one by one. */
export class RunningMatcher {
  readonly #severity: string;
  readonly #patterns: readonly CompiledPattern[];
  // What the patterns before the one at the same index have read, and where; as the runner keeps it.
  readonly #states: ({ parts: Partial<Record<Part, string>>; at: number } | undefined)[];

  constructor({ severity = "error", pattern }: ProblemMatcher) {
    this.#severity = severity;
    this.#patterns = pattern.map((each) => ({ regexp: compile(each.regexp), pattern: each }));
    this.#states = this.#patterns.map(() => undefined);
  }

  /** Reads the line at `at`, and gives what its last pattern matched; as the runner does. */
  match(text: string, at: number): PatternMatch | undefined {
    const last = this.#patterns.length - 1;
    for (let index = last; index >= 0; index--) {
      const before = index > 0 ? this.#states[index - 1] : undefined;
      if (index > 0 && !before) continue;
      const { regexp, pattern } = this.#patterns[index] as CompiledPattern;
      const match = regexp.exec(text);
      if (index < last) {
        const parts = match && { ...before?.parts, ...partsOf(match, pattern) };
        this.#states[index] = parts ? { parts, at: before?.at ?? at } : undefined;
        continue;
      }
      if (!match) {
        if (index > 0) this.#states[index - 1] = undefined;
        continue;
      }
      this.#states.fill(undefined);
      if (pattern.loop && index > 0) this.#states[index - 1] = before;
      const parts = { ...before?.parts, ...partsOf(match, pattern) };
      return {
        problem: problemOf(parts),
        severity: (parts.severity ?? this.#severity).toLowerCase(),
        linesBefore: before ? at - before.at : 0,
      };
    }
    return undefined;
  }
}

function partsOf(match: RegExpExecArray, pattern: ProblemPattern): Partial<Record<Part, string>> {
  const parts: Partial<Record<Part, string>> = {};
  for (const part of [...textParts, ...numberParts]) {
    const group = pattern[part];
    const value = group === undefined ? undefined : match[group]?.trim();
    if (value) parts[part] = value;
  }
  return parts;
}

function problemOf(parts: Partial<Record<Part, string>>): Problem {
  const numbers = (part: "line" | "column") => {
    const value = Number(parts[part] ?? Number.NaN);
    return Number.isSafeInteger(value) ? { [part]: value } : {};
  };
  return {
    ...(parts.file !== undefined && { path: parts.file }),
    ...numbers("line"),
    ...numbers("column"),
    ...(parts.code !== undefined && { code: parts.code }),
    ...(parts.message !== undefined && { message: parts.message }),
  };
}

/** The runner is .NET: of what .NET writes in another way, `(?i)` at the start is in use. */
function compile(regexp: string): RegExp {
  const ignoresCase = regexp.startsWith("(?i)");
  return new RegExp(ignoresCase ? regexp.slice(4) : regexp, ignoresCase ? "i" : "");
}

/** Problem matchers as a user has them: the content of a matcher file, or its entries. */
export type ProblemMatchers =
  | readonly ProblemMatcher[]
  | { readonly problemMatcher: readonly ProblemMatcher[] };

/**
 * Reads problem matchers of a user.
 *
 * @throws {ParameterError} for what is no problem matcher
 */
export function readProblemMatchers(matchers: ProblemMatchers): readonly ProblemMatcher[] {
  const list: unknown = "problemMatcher" in matchers ? matchers.problemMatcher : matchers;
  if (!Array.isArray(list)) throw refusal("it is not a list of problem matchers.");
  for (const [index, matcher] of (list as readonly Partial<ProblemMatcher>[]).entries()) {
    const name = `[${index}]${matcher?.owner === undefined ? "" : ` (${matcher.owner})`}`;
    if (!Array.isArray(matcher?.pattern) || matcher.pattern.length === 0)
      throw refusal(`it has no pattern.`, name);
    for (const { regexp } of matcher.pattern as readonly ProblemPattern[])
      try {
        compile(regexp);
      } catch (error) {
        throw refusal(`${(error as Error).message}.`, name);
      }
  }
  return list as readonly ProblemMatcher[];
}

function refusal(problem: string, where = ""): ParameterError {
  return new ParameterError(`matchers${where}: ${problem}`, { parameter: "matchers" });
}
