/** What the runner writes where a step starts. */
export type BoundaryKind =
  | "set-up"
  | "hook"
  | "containers"
  | "image"
  | "run"
  | "post"
  | "stop-containers"
  | "complete";

/** A place in a job's log where a step may start. */
export interface Boundary {
  readonly kind: BoundaryKind;
  /** Byte in the log where the line starts. */
  readonly offset: number;
  /** Number of the line, from 0. */
  readonly line: number;
  /** When, in milliseconds since 1970. */
  readonly timestamp: number;
  /** What the line says: `Run actions/checkout@v4`, `Post job cleanup.` */
  readonly title: string;
}

const starts: readonly [prefix: string, kind: BoundaryKind][] = [
  ["##[group]Run ", "run"],
  ["Post job cleanup.", "post"],
  ["Cleaning up orphan processes", "complete"],
  ["Current runner version: ", "set-up"],
  ["##[group]Checking docker version", "containers"],
  ["##[group]Build container for action use: ", "image"],
  ["##[group]Pull down action image ", "image"],
  ["Print service container logs: ", "stop-containers"],
  ["Stop and remove container: ", "stop-containers"],
  ["A job started hook has been configured by ", "hook"],
  ["A job completed hook has been configured by ", "hook"],
];

/** Which kind of step may start with this message. */
export function boundaryKind(message: string): BoundaryKind | undefined {
  return starts.find(([prefix]) => message.startsWith(prefix))?.[1];
}

/** A line the runner writes before a step's first one, when a local action has a `pre`. */
export const preWarning = "##[warning]`pre` execution is not supported for local action from";

/** Whether a line that follows `##[group]Run …` shows that the runner wrote it, and not the user's program. */
export function followsRun(message: string): boolean {
  return (
    message.startsWith("\u001b[36;1m") ||
    message.startsWith("##[endgroup]") ||
    /^(with|env):\s*$/.test(message) ||
    message.startsWith("shell: ")
  );
}
