import type { OpenAction } from "./open-actions.ts";
import type { MarkerKind } from "./runner-lines.ts";

/** A line in a job's log. */
export interface LogPosition {
  /** Byte in the log where the line starts. */
  readonly offset: number;
  /** Number of the line, from 0. */
  readonly line: number;
  /** When it was written, in milliseconds since 1970; NaN where the line has no time. */
  readonly timestamp: number;
}

/** A line in a job's log where a step may start. */
export interface Marker extends LogPosition {
  readonly kind: MarkerKind;
  /** What the header says: `Run actions/checkout@v4`, `Post job cleanup.` */
  readonly title: string;
  /** What the header is of: a script has its shell, an action its inputs. */
  readonly runs?: "script" | "action" | undefined;
  /** The line with the script's shell. */
  readonly shell?: string | undefined;
  /** The step's name, from debug logging. */
  readonly name?: string | undefined;
  /** It is a composite action's: the runner has downloaded the actions that it uses. */
  readonly composite?: boolean | undefined;
  /** Milliseconds until another header, when that follows with nothing between. */
  readonly followedAfter?: number | undefined;
  /** It is surely inside a composite action: between `##[start-action]` and `##[end-action]`, or by debug logging. */
  readonly inner: boolean;
}

/** A marker while the log is still read. */
export type MarkerDraft = { -readonly [Key in keyof Omit<Marker, "inner">]: Marker[Key] } & {
  /** The innermost `##[start-action]` around it. */
  readonly action: OpenAction | undefined;
  /** By debug logging it is inside a step that has started. */
  readonly nested: boolean;
};

/**
 * Whether it is a composite action's header, and the one that follows that of its first step: it follows at once, where
 * a process of its own would take longer to start, or the runner has downloaded the actions inside. A composite
 * action's post takes longer to come to its first: 55 ms were seen, and 127 ms of the quickest process.
 */
export function isComposite({
  kind,
  followedAfter = Infinity,
  composite = false,
}: Marker): boolean {
  return composite || followedAfter < (kind === "post" ? 100 : 50);
}

/**
 * Whether a program may as well have written it: an empty group `Run …` and nothing more, which old runners write too,
 * or the name of an image. Only the API's steps decide.
 */
export function isUnsure({ kind, runs, name, title }: Marker): boolean {
  if (kind === "snapshot") return name === undefined;
  return kind === "run" && runs === undefined && name === undefined && title.startsWith("Run ");
}
