import type { JobLog, LogLine, MissingLog, StepLog } from "../model.ts";

/** Why a step failed whose runner was lost: what GitHub keeps of it. */
export function lostRunnerSentence(step: StepLog): string {
  return `The runner was lost while ${named(step)} ran: GitHub has no end of it.`;
}

/** What is known of a cancelled step: when, and its last words. Who cancelled it, the log does not say. */
export function cancelledSentence(job: JobLog, step: StepLog, lines: readonly LogLine[]): string {
  const after = durationOf(step.startedAt, step.completedAt);
  const jobTime = durationOf(timeOf(job.api?.started_at), timeOf(job.api?.completed_at));
  const last = lines.findLast(({ level, text }) => level !== "error" && text.trim() !== "");
  const end = lines.findLast(({ level }) => level === "error");
  const silence = durationOf(last?.timestamp, end?.timestamp);
  const limit = lines.find(({ text }) => timeOut.test(text))?.text.trim();
  return [
    `Cancelled while ${named(step)} ran`,
    after && `, ${after} after its start`,
    jobTime && ` (the job ran for ${jobTime})`,
    limit === undefined ? ": a time-out, a person or a newer run stopped it." : `: ${limit}`,
    last &&
      ` Its last line${silence ? `, ${silence} before the end` : ""}: ${clipped(last.text.trim())}`,
  ].join("");
}

/** What the service writes when a time-out stops a job, or a step. */
export const timeOut: RegExp = /exceeded the maximum execution time|has timed out after/;

/** Why nothing of a failing job can be read. */
export function missingSentence(step: StepLog | undefined, missing: MissingLog): string {
  const what = step
    ? `Step ${step.number}, ${JSON.stringify(step.name)}, failed`
    : "The job failed";
  return `${what}, and its log ${missingWords[missing]}.`;
}

/** Why nothing can be said of a job whose log cannot be read. */
export function unreadSentence(step: StepLog | undefined, { message }: Error): string {
  const what = step ? `The log of ${named(step)}` : "The log of the job";
  return `${what} cannot be read: ${message}`;
}

const missingWords: Readonly<Record<MissingLog, string>> = {
  "lost-runner": "is not in GitHub's storage, mostly because its runner was lost",
  "never-began": "was never written: the job did not begin",
  deleted: "was deleted",
  expired: "has expired",
  "not-stored-yet": "is not stored yet; ask again in a moment",
};

/** Why a job failed in which no step did. */
export function noStepSentence(job: JobLog): string {
  return job.origin === "none"
    ? "The job failed, none of its steps did, and it has no log."
    : "The job failed and none of its steps did; no line of its log looks like a reason.";
}

/** What an exit code means by itself, where it means something: https://tldp.org/LDP/abs/html/exitcodes.html */
function withExitCode(text: string): string {
  const code = Number(/exit code (\d+)/.exec(text)?.[1] ?? Number.NaN);
  const signal = signals[code - 128];
  const meaning = signal === undefined ? exitCodes[code] : `killed by ${signal}`;
  return meaning === undefined ? text : `${text} (${meaning})`;
}

/** A step of which only its exit code is known, and what it wrote last. */
export function exitSentence(text: string, said: string | undefined): string {
  const sentence = withExitCode(text);
  return said === undefined ? sentence : `${sentence} Its last words: ${clipped(said)}`;
}

const exitCodes: Readonly<Record<number, string>> = {
  124: "a time-out of `timeout`",
  126: "the command cannot be executed",
  127: "the command was not found",
};

const signals: Readonly<Record<number, string>> = {
  2: "SIGINT",
  6: "SIGABRT",
  9: "SIGKILL, mostly for want of memory",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
};

/** A failing step in whose log no line looks like a reason. */
export function silentSentence(lines: readonly LogLine[]): string {
  const last = lines.findLast(({ text }) => text.trim() !== "");
  return last
    ? `No line looks like a reason; the last one: ${clipped(last.text.trim())}`
    : "The step failed and wrote nothing.";
}

function named({ number, name }: StepLog): string {
  return `step ${number}, ${JSON.stringify(name)},`;
}

function clipped(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** `2 h 5 min`, `49 s`. */
function durationOf(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined || to === undefined || !(to >= from)) return undefined;
  const seconds = Math.round((to - from) / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function timeOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
