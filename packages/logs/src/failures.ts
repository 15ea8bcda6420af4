import { ownMemory } from "./lines/own-memory.ts";
import { checkOptionNames, LogsOptionError } from "./option-error.ts";
import type { Failure, FailureOptions, JobLog, LogLine, StepLog } from "./model.ts";

const failing = new Set(["failure", "timed_out"]);
const optionNames = { context: true, signal: true } as const;

/** The failing steps of some jobs with their errors. */
export async function* failuresOf(
  jobs: readonly JobLog[],
  options: FailureOptions = {},
): AsyncGenerator<Failure, void, undefined> {
  checkOptionNames(options, optionNames);
  const { context = 10, signal } = options;
  if (!(Number.isInteger(context) && context >= 0))
    throw new LogsOptionError("context", `${context} is not a number of lines, 0 or more.`);
  for (const job of jobs) {
    if (job.api && !failing.has(job.conclusion ?? "")) continue;
    let found = false;
    for (const step of job.steps) {
      if (job.api && !failing.has(step.conclusion ?? "")) continue;
      const failure = await failureOf(step, context, signal);
      if (!job.api && failure.errors.length === 0) continue;
      found = true;
      yield failure;
    }
    if (job.api && !found) yield { job, step: undefined, errors: [], lines: [] };
  }
}

async function failureOf(
  step: StepLog,
  context: number,
  signal: AbortSignal | undefined,
): Promise<Failure> {
  const own = ownMemory();
  const errors: LogLine[] = [];
  const lines: LogLine[] = [];
  let before: LogLine[] = [];
  for await (const batch of step.lines({ signal }).batches())
    for (const line of batch) {
      if (line.level === "error") {
        const error = own(line);
        lines.push(...before.map((each) => own(each)), error);
        errors.push(error);
        before = [];
      } else if (context > 0) {
        before.push(line);
        if (before.length > context) before.shift();
      }
    }
  // A step that fails without a word for it: its last lines are all there is.
  return {
    job: step.job,
    step,
    errors,
    lines: errors.length > 0 ? lines : before.map((each) => own(each)),
  };
}
