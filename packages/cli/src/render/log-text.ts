import type { LogLine } from "@workflow-runs/logs";
import type { Colors } from "../terminal/colors.ts";
import { plain, plainLine } from "../terminal/plain.ts";
import { wrapWords } from "../terminal/text-width.ts";
import type { View } from "./view.ts";

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

/**
 * A line of an explanation, in as many as the terminal's columns need: headings stand out, what is quoted from a log
 * is whole, and nothing that a log holds can draw.
 */
export function explanationLines(
  line: string,
  { colors, width }: Pick<View, "colors" | "width">,
): string[] {
  const shown = plainLine(line);
  const isQuoted = /^ *\d+ │/.test(shown);
  if (isQuoted || shown === "") return [shown];
  const isHeading = /^\d+\. /.test(shown);
  const indent = isHeading || shown.startsWith("   ") ? "   " : "";
  const lines = wrapWords(
    shown.slice(isHeading ? 0 : indent.length),
    width && width - indent.length,
  );
  const isReason = !isHeading && indent !== "" && !/^ {3}The same as \d+\.$/.test(shown);
  return lines
    .map((each, at) => (isHeading && at === 0 ? each : indent + each))
    .map((each) =>
      isHeading ? colors.bold(colors.red(each)) : isReason ? colors.bold(each) : each,
    );
}
