import type { LogLine } from "@workflow-runs/logs";
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

/** A line of an explanation: headings stand out, and nothing that a log holds can draw. */
export function explanationLine(line: string, colors: Colors): string {
  const shown = plainLine(line);
  if (/^\d+\. /.test(shown)) return colors.bold(colors.red(shown));
  return /^ {3}\S/.test(shown) && !/^ *\d+ │/.test(shown) ? colors.bold(shown) : shown;
}
