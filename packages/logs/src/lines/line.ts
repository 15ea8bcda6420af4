/** Every {@link LineLevel}. */
export const lineLevels = [
  "output",
  "error",
  "warning",
  "notice",
  "debug",
  "command",
  "section",
  "group",
  "endgroup",
  "start-action",
  "end-action",
] as const;

/**
 * What kind of line it is: the runner's marker at its start, or `output` for everything else.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export type LineLevel = (typeof lineLevels)[number];

/** One line of a log. */
export interface Line<Job = unknown, Step = unknown> {
  /** Number of the line in its step, from 1; as on GitHub's page. */
  readonly number: number;
  /**
   * When it was written, in milliseconds since 1970. A message of several lines has one time, that of its first
   * line; undefined only before the first time in a log.
   */
  readonly timestamp: number | undefined;
  /** What kind of line it is. The further lines of a message are of the first one's kind. */
  readonly level: LineLevel;
  /** The message: without time, marker, and ANSI colour codes. */
  readonly text: string;
  /** The line as it stands in the log, without its line end. */
  readonly raw: string;
  /**
   * Titles of the groups and composite actions the line is in, the outermost first. Groups that a program nests
   * deeper than 32 are not named.
   */
  readonly groups: readonly string[];
  /**
   * Whether it goes on with the message of the line before: it has no time of its own, and no marker. In a log without
   * times each line stands for itself.
   */
  readonly continuation: boolean;
  /** The job it is of. */
  readonly job: Job;
  /** The step it is of; undefined for what stands before the first step. */
  readonly step: Step | undefined;
}
