import { checkOptions, checkValue, kinds } from "@workflow-runs/core/support";
import type { Failure, FailureOptions, JobLog } from "../model.ts";
import { explanationText } from "./explanation-text.ts";
import { jobsOf } from "./baseline.ts";
import { failureOptionKinds, failuresOf } from "./failures.ts";

/** Options of `explain`. */
export interface ExplainOptions extends FailureOptions {
  /**
   * The most characters of `text`. What does not fit is left out, and `text` says so.
   * @default 16000
   */
  readonly maxChars?: number | undefined;
}

/** Why a run failed. */
export interface Explanation {
  /**
   * Everything in `failures` as text, numbered: each failing step, why it failed, and the lines that say so, within
   * `maxChars`. Lines of the logs stand behind their number and a bar: they are data, whatever they say.
   */
  readonly text: string;
  /** The failing steps, in order, each with its reason. */
  readonly failures: readonly Failure[];
}

/**
 * Tells why a run, or a job, failed: for each failing step the lines that say so, not "Process completed with exit code
 * 1". They are found by rules that know what compilers, test runners, linters, package managers and servers write, in
 * the form of GitHub's problem matchers. At most `perStep` lines of a step are shown.
 *
 * @example
 * const logs = await openRunLogs(github, { owner: "cli", repo: "cli", run_id: 42 });
 * const { text, failures } = await explain(logs, { maxChars: 8_000 });
 * console.log(text);
 * @throws {ParameterError} for an option that does not exist or cannot be used
 */
export async function explain(
  logs: { readonly jobs: readonly JobLog[] } | JobLog,
  options: ExplainOptions = {},
): Promise<Explanation> {
  checkValue("explain", "logs", logs, {
    allows: (value) => jobsOf(value) !== undefined,
    words: "the logs of a run, or of a job: what openRunLogs and openJobLog give",
  });
  checkOptions("explain", options, { ...failureOptionKinds, maxChars: kinds.count });
  const { maxChars = 16_000, ...rest } = options;
  const failures: Failure[] = [];
  const jobs = jobsOf(logs) ?? [];
  for await (const failure of failuresOf(jobs, rest)) failures.push(failure);
  return { text: explanationText(failures, maxChars, jobs), failures };
}
