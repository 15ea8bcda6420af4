/** What kind of step starts where the runner writes a line. */
export type MarkerKind =
  | "set-up"
  | "hook"
  | "containers"
  | "image"
  | "run"
  | "error"
  | "background"
  | "post"
  | "snapshot"
  | "stop-containers"
  | "complete";

/** What a line of the runner's means for where steps start. */
type RunnerLineRole =
  /** A step of this kind starts here. */
  | { readonly starts: MarkerKind }
  /** It belongs to the step whose first line follows. */
  | { readonly before: "header" | "download" }
  /** It names the step, in jobs with debug logging. */
  | { readonly debug: DebugEvent };

/** What debug logging says of a step. */
export type DebugEvent = "condition" | "name" | "result" | "starting" | "finished" | "finishing";

/** A line that the runner writes, and nobody else should. */
export type RunnerLine = RunnerLineRole & {
  /** How the message starts. */
  readonly text: string;
  /** Runner version that writes it first; 2.159.0 is the first whose source is public. */
  readonly since: string;
  /** File below `src/Runner.Worker` of github.com/actions/runner that writes it. */
  readonly source: string;
};

/**
 * The runner's own lines that tell where a step starts. A step writes what its preparation has to say, then its
 * header (`##[group]Run …`, or `Post job cleanup.`), so that a step's first line is often not its header.
 */
export const runnerLines: readonly RunnerLine[] = [
  // Set up job.
  {
    text: "##[debug]Starting: Set up job",
    starts: "set-up",
    since: "2.159.0",
    source: "JobExtension.cs",
  },
  {
    text: "Current runner version: ",
    starts: "set-up",
    since: "2.159.0",
    source: "JobExtension.cs",
  },
  // Steps that self-hosted runners and containers add.
  {
    text: "A job started hook has been configured by ",
    starts: "hook",
    since: "2.290.0",
    source: "JobHookProvider.cs",
  },
  {
    text: "A job completed hook has been configured by ",
    starts: "hook",
    since: "2.290.0",
    source: "JobHookProvider.cs",
  },
  {
    text: "##[group]Checking docker version",
    starts: "containers",
    since: "2.272.0",
    source: "ContainerOperationProvider.cs",
  },
  {
    text: "Print service container logs: ",
    starts: "stop-containers",
    since: "2.286.0",
    source: "ContainerOperationProvider.cs",
  },
  {
    text: "Stop and remove container: ",
    starts: "stop-containers",
    since: "2.159.0",
    source: "ContainerOperationProvider.cs",
  },
  // Of containers that never started, the network alone is removed.
  {
    text: "Remove container network: ",
    starts: "stop-containers",
    since: "2.159.0",
    source: "ContainerOperationProvider.cs",
  },
  {
    text: "##[error]Container operations are only supported on Linux runners",
    starts: "containers",
    since: "2.164.0",
    source: "ContainerOperationProvider.cs",
  },
  {
    text: "##[group]Build container for action use: ",
    starts: "image",
    since: "2.272.0",
    source: "ActionManager.cs",
  },
  {
    text: "##[group]Pull down action image ",
    starts: "image",
    since: "2.272.0",
    source: "ActionManager.cs",
  },
  // The header of a step, and of the steps inside a composite action.
  {
    text: "##[group]Run ",
    starts: "run",
    since: "2.159.0",
    source: "Handlers/Handler.cs, Handlers/ScriptHandler.cs",
  },
  { text: "Post job cleanup.", starts: "post", since: "2.159.0", source: "Handlers/Handler.cs" },
  // An action is loaded, and a step evaluated, before the header; when that fails, there is no header.
  {
    text: "##[error]Can't find 'action.yml'",
    starts: "error",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  {
    text: "##[error]The template is not valid.",
    starts: "error",
    since: "2.159.0",
    source: "StepsRunner.cs",
  },
  // A step that waits for, or ends, steps in the background.
  {
    text: "Waiting for background step(s) to complete: ",
    starts: "background",
    since: "2.335.0",
    source: "BackgroundStepCoordinator.cs",
  },
  {
    text: "Waiting for all background step(s) to complete: ",
    starts: "background",
    since: "2.335.0",
    source: "BackgroundStepCoordinator.cs",
  },
  {
    text: "No background steps remaining to wait for.",
    starts: "background",
    since: "2.335.0",
    source: "BackgroundStepCoordinator.cs",
  },
  {
    text: "Cancelling background step(s): ",
    starts: "background",
    since: "2.335.0",
    source: "BackgroundStepCoordinator.cs",
  },
  // The request for an image of the machine, which the job's `snapshot` makes.
  {
    text: "Image Name: ",
    starts: "snapshot",
    since: "2.314.0",
    source: "SnapshotOperationProvider.cs",
  },
  // Complete job, whose last words are always the cleaning up.
  {
    text: "Evaluate and set job outputs",
    starts: "complete",
    since: "2.168.0",
    source: "JobExtension.cs",
  },
  {
    text: "Evaluate and set environment url",
    starts: "complete",
    since: "2.274.0",
    source: "JobExtension.cs",
  },
  {
    text: "Uploading runner diagnostic logs",
    starts: "complete",
    since: "2.159.0",
    source: "JobExtension.cs",
  },
  {
    text: "##[debug]Starting: Complete job",
    starts: "complete",
    since: "2.159.0",
    source: "JobExtension.cs",
  },
  {
    text: "Cleaning up orphan processes",
    starts: "complete",
    since: "2.159.0",
    source: "JobExtension.cs",
  },
  // Before the header: the actions that a local composite action uses are downloaded …
  {
    text: "Prepare all required actions",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  {
    text: "Getting action download info",
    before: "download",
    since: "2.267.0",
    source: "ActionManager.cs",
  },
  {
    text: "Download action repository ",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  {
    text: "##[group]Download immutable action package ",
    before: "download",
    since: "2.322.0",
    source: "ActionManager.cs",
  },
  {
    text: "Failed to resolve action download info. ",
    before: "download",
    since: "2.267.0",
    source: "ActionManager.cs",
  },
  {
    text: "Container action is only supported on Linux, skip ",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  {
    text: "##[warning]Action '",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  { text: "Retrying in ", before: "download", since: "2.267.0", source: "ActionManager.cs" },
  {
    text: "##[warning]Failed to download action ",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  {
    text: "##[warning]Back off ",
    before: "download",
    since: "2.159.0",
    source: "ActionManager.cs",
  },
  // … its inputs are checked, and its version of Node.js.
  {
    text: "##[warning]`pre` execution is not supported for local action",
    before: "header",
    since: "2.169.1",
    source: "ActionRunner.cs",
  },
  {
    text: "##[warning]Unexpected input(s) ",
    before: "header",
    since: "2.267.0",
    source: "ActionRunner.cs",
  },
  { text: "##[warning]Input '", before: "header", since: "2.159.0", source: "ActionRunner.cs" },
  {
    text: "##[warning]Encountered an error when evaluating display name ",
    before: "header",
    since: "2.159.0",
    source: "ActionRunner.cs",
  },
  {
    text: "##[warning]Both FORCE_JAVASCRIPT_ACTIONS_TO_NODE24 and ",
    before: "header",
    since: "2.328.0",
    source: "Handlers/HandlerFactory.cs",
  },
  {
    text: "##[warning]Linux ARM32 runners are deprecated ",
    before: "header",
    since: "2.333.0",
    source: "Handlers/HandlerFactory.cs",
  },
  {
    text: "##[warning]Environment variable '",
    before: "header",
    since: "2.159.0",
    source: "Handlers/Handler.cs",
  },
  {
    text: "Node 20 is being deprecated. ",
    before: "header",
    since: "2.328.0",
    source: "Handlers/HandlerFactory.cs",
  },
  // With debug logging every step, also a skipped one, names itself first.
  {
    text: "##[debug]Evaluating condition for step: '",
    debug: "condition",
    since: "2.159.0",
    source: "StepsRunner.cs",
  },
  // A condition that is false ends what a skipped step writes.
  { text: "##[debug]Set step '", debug: "name", since: "2.159.0", source: "ActionRunner.cs" },
  { text: "##[debug]Result: ", debug: "result", since: "2.159.0", source: "StepsRunner.cs" },
  { text: "##[debug]Starting: ", debug: "starting", since: "2.159.0", source: "StepsRunner.cs" },
  {
    text: "##[debug]Finished: ",
    debug: "finished",
    since: "2.279.0",
    source: "Handlers/CompositeActionHandler.cs",
  },
  { text: "##[debug]Finishing: ", debug: "finishing", since: "2.159.0", source: "StepsRunner.cs" },
];

const byStart = new Map<string, readonly RunnerLine[]>();
for (const line of runnerLines) {
  const key = line.text.slice(0, keyLength(line.text));
  byStart.set(key, [...(byStart.get(key) ?? []), line]);
}

function keyLength(text: string): number {
  return text.startsWith("##[") ? 5 : 2;
}

/** The rule for a message, if it is one of the runner's lines. */
export function runnerLine(message: string): RunnerLine | undefined {
  return byStart
    .get(message.slice(0, keyLength(message)))
    ?.find(({ text }) => message.startsWith(text));
}

/** Finds messages that start with one of these texts, without decoding them. */
export function startsWithAny(
  texts: readonly string[],
): (bytes: Uint8Array, at: number) => boolean {
  let table: ReturnType<typeof tableOf> | undefined;
  return (bytes, at) => {
    // Not made with the module: Jest's jsdom has no encoder, and must be able to load it.
    const { first, byStart } = (table ??= tableOf(texts));
    if (first[bytes[at] as number] !== 1) return false;
    return byStart.get(twoBytes(bytes, at))?.some((text) => startsWith(bytes, at, text)) ?? false;
  };
}

/** Texts by their first two bytes, which most lines of a log do not share with any. */
function tableOf(texts: readonly string[]): {
  readonly first: Uint8Array;
  readonly byStart: ReadonlyMap<number, readonly Uint8Array[]>;
} {
  const byStart = new Map<number, Uint8Array[]>();
  const first = new Uint8Array(256);
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    const key = twoBytes(bytes, 0);
    first[bytes[0] as number] = 1;
    byStart.set(key, [...(byStart.get(key) ?? []), bytes]);
  }
  return { first, byStart };
}

function twoBytes(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

function startsWith(bytes: Uint8Array, from: number, text: Uint8Array): boolean {
  for (let at = 2; at < text.length; at++) if (bytes[from + at] !== text[at]) return false;
  return true;
}

/** How the lines begin that {@link headerLine} knows. */
export const headerLines: readonly string[] = ["\u001b[36;1m", "shell: ", "with:", "env:"];

/** Whether a line of the group shows that the runner opened it, and not the user's program. */
export function headerLine(message: string): "script" | "action" | undefined {
  if (message.startsWith("\u001b[36;1m") || message.startsWith("shell: ")) return "script";
  return /^(with|env):\s*$/.test(message) ? "action" : undefined;
}

/**
 * Whether a header is that of an administrator's script, for jobs or for containers: it names the script's file, and
 * its shell follows without the script's own lines.
 */
export function isHookScript(title: string, firstLine: string): boolean {
  return /^Run '.+'$/.test(title) && firstLine.startsWith("shell: ");
}

/** Whether a header's title names an action: `Run ./path`, `Run owner/name@ref`, `Run docker://image`. */
export function namesAction(title: string): boolean {
  return /^Run (?:\.{1,2}[/\\]|docker:\/\/|[^\s/@]+\/[^\s@]+@\S+$)/.test(title);
}
