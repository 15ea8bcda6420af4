import type { Failure, LogLine } from "@workflow-runs/logs";
import type { Colors } from "../terminal/colors.ts";
import { plain, plainLine } from "../terminal/plain.ts";

/** What of a line decides how it looks. */
export type LogText = Pick<LogLine, "level" | "text" | "timestamp">;

/** How log lines are written. */
export interface LogLook {
  colors: Colors;
  /** The time before each line. */
  timestamps: boolean;
}

/** One line of a log as text; undefined for the ends of groups, which show nothing. */
export function logLine({ level, text, timestamp }: LogText, look: LogLook): string | undefined {
  const { colors } = look;
  const time =
    look.timestamps && timestamp !== undefined
      ? `${colors.dim(new Date(timestamp).toISOString())} `
      : "";
  const shown = plainLine(text);
  switch (level) {
    case "endgroup":
    case "end-action":
      return undefined;
    case "error":
      return `${time}${colors.red(`##[error]${shown}`)}`;
    case "warning":
      return `${time}${colors.yellow(`##[warning]${shown}`)}`;
    case "notice":
    case "section":
      return `${time}${colors.cyan(`##[${level}]${shown}`)}`;
    case "debug":
      return `${time}${colors.dim(`##[debug]${shown}`)}`;
    case "command":
      return `${time}${colors.blue(`[command]${shown}`)}`;
    case "group":
    case "start-action":
      return `${time}${colors.bold(`▸ ${shown}`)}`;
    default:
      return `${time}${shown}`;
  }
}

/** The heading above the lines of a step, or of a job before its first step. */
export function logHeading(
  job: { name: string },
  step: { number: number; name: string } | undefined,
  colors: Colors,
): string {
  const where = step === undefined ? "" : ` › ${step.number}. ${plain(step.name)}`;
  return colors.bold(colors.cyan(`── ${plain(job.name)}${where}`));
}

/** A failing step: its heading, and its errors with the lines before each; `⋮` stands for lines left out. */
export function failureText(failure: Failure, look: LogLook): string[] {
  const { colors } = look;
  const { job, step, lines } = failure;
  const heading = colors.red(
    `✗ ${plain(job.name)}${step ? ` › ${step.number}. ${plain(step.name)}` : ""}`,
  );
  if (step === undefined)
    return [heading, "  The job failed, but none of its steps did; its log says nothing more."];
  if (lines.length === 0) return [heading, "  The step wrote nothing."];
  const texts = [heading];
  for (const [index, line] of lines.entries()) {
    const text = logLine(line, look);
    if (isGap(lines[index - 1], line)) texts.push(colors.dim("  ⋮"));
    if (text !== undefined) texts.push(`  ${text}`);
  }
  return texts;
}

function isGap(before: LogLine | undefined, line: LogLine): boolean {
  return line.number !== (before?.number ?? 0) + 1;
}
