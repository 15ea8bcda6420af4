import { readActionMarker } from "../lines/action-marker.ts";
import { withoutAnsi } from "../lines/ansi.ts";
import { bytesHaveTimestamp, TimestampReader, timestampLength } from "../lines/timestamp.ts";
import type { LogPosition, Marker } from "./marker.ts";
import {
  headerLine,
  headerLines,
  isHookScript,
  type MarkerKind,
  namesAction,
  runnerLine,
  runnerLines,
  startsWithAny,
} from "./runner-lines.ts";
import { TimeIndex } from "./time-index.ts";

/** What a job's log says of itself. */
export interface JobScan {
  /** The job's name as in the workflow, from `Complete job name: …`. */
  jobName: string | undefined;
  /** Name of the runner; the API's `runner_name`. */
  runnerName: string | undefined;
  /** It is GitHub's notes on the strategy, not the log of a job. */
  strategy: boolean;
  /** Where steps may start. */
  markers: readonly Marker[];
  /** Where each second starts, and where the errors are. */
  times: TimeIndex;
  /** Bytes read. */
  size: number;
  /** Lines read. */
  lines: number;
}

const runnerNames = [
  /^Runner name: '(.*)'$/,
  /^Job is about to start running on the (?:hosted )?runner: (.*?)(?: \((?:organization|repository|enterprise)\))?$/,
];

// Beside the runner's lines for steps: markers, names, and notes on the strategy.
const others = [
  "##[start-action",
  "##[end-action",
  "##[debug]",
  "##[error]",
  "##[warning]",
  "Complete job name",
  "Runner name",
  "Job is about to",
  "Evaluating strategy",
  "##[section]Starting: Prepare job",
];

// Made once, but not with the module: Jest's jsdom has neither encoder nor decoder, and must be able to load it.
let shared:
  | {
      isLooked: ReturnType<typeof startsWithAny>;
      isHeaderLine: ReturnType<typeof startsWithAny>;
      isGroup: ReturnType<typeof startsWithAny>;
      decoder: TextDecoder;
    }
  | undefined;

function platform(): NonNullable<typeof shared> {
  return (shared ??= {
    isLooked: startsWithAny([...runnerLines.map(({ text }) => text), ...others]),
    isHeaderLine: startsWithAny(["##[", ...headerLines]),
    isGroup: startsWithAny(["##[group]", "##[endgroup]"]),
    decoder: new TextDecoder("utf-8", { ignoreBOM: true }),
  });
}

/** A log with more markers of steps is nobody's; those behind are left out. */
const mostMarkers = 50_000;
/** GitHub lets composite actions nest ten deep. */
const deepestAction = 32;
/** Lines after which a group that calls itself a header, and shows nothing of one, is a program's. */
const longestHeader = 5000;
/** In milliseconds: a warning of unknown text so close to a header, and not to what stands before, belongs to it. */
const close = 3;

/** The last line of a script that fails: `Handlers/ScriptHandler.cs`. */
const exitCode = "##[error]Process completed with exit code ";

type Draft = { -readonly [Key in keyof Omit<Marker, "inner">]: Marker[Key] } & {
  /** The innermost `##[start-action]` around it. */
  readonly action: Action | undefined;
  /** By debug logging it is inside a step that has started. */
  readonly nested: boolean;
};

/** A header whose group is still open; sure when a line of it shows that the runner wrote it. */
interface OpenHeader {
  readonly marker: Draft;
  readonly since: number;
  /** The header of the action that it follows with nothing between. */
  readonly after: Draft | undefined;
  /** It follows a header of any kind with nothing between. */
  readonly follows: boolean;
  sure: boolean;
  empty: boolean;
}

interface Action {
  readonly id: string;
  readonly parent: Action | undefined;
  closed: boolean;
}

interface Pending extends LogPosition {
  readonly before: "header" | "download" | "warning";
  /** For a warning of unknown text: milliseconds since the line before it. */
  readonly gap: number;
  inGroup: boolean;
}

/** Reads a job's log for what it says of itself, a block of whole lines at a time. */
export class JobScanner {
  readonly times: TimeIndex = new TimeIndex();
  #jobName: string | undefined;
  #runnerName: string | undefined;
  #strategy = false;
  #size = 0;
  #lines = 0;
  readonly #markers: Draft[] = [];
  readonly #decoder = platform().decoder;
  readonly #isLooked = platform().isLooked;
  readonly #isHeaderLine = platform().isHeaderLine;
  readonly #isGroup = platform().isGroup;
  readonly #reader = new TimestampReader();
  /** The bytes of the last line that had a time. */
  #previous: Uint8Array | undefined;
  #previousAt = 0;
  /** A header whose group is still open. */
  #header: OpenHeader | undefined;
  /** The header whose group was closed last, and where. */
  #closed: (LogPosition & { readonly marker: Draft }) | undefined;
  /** The last line of the last header. */
  #headerEnd: number | undefined;
  /** Lines that belong to the step whose header follows. */
  #pending: Pending | undefined;
  #action: Action | undefined;
  #actions = 0;
  #actionsTooDeep = 0;
  /** Names of the steps that have started and not finished, by debug logging. */
  readonly #started: string[] = [];
  /** The step that debug logging has named, and whose header is still to come. */
  #named: Draft | undefined;
  /** Where the first line behind a step's last one is, by debug logging. */
  #afterStep: LogPosition | "next" | undefined;
  /** The condition of the step that was named has been evaluated: if it was false, nothing more is the step's. */
  #conditionEnded = false;
  #setUp: "running" | "prepared" | "done" | undefined;

  /** The next block; its last line may lack a line end only at the end of the log. */
  add(block: Uint8Array): void {
    for (let at = 0; at < block.length;) {
      const feed = block.indexOf(10, at);
      const next = feed < 0 ? block.length : feed + 1;
      let start = at;
      while (block[start] === 0xef && block[start + 1] === 0xbb && block[start + 2] === 0xbf)
        start += 3;
      const timed = block[start + 27] === 90 && block[start + 10] === 84 && next - start > 27;
      if (timed) {
        if (this.times.isNew(block, start)) this.#newSecond(block, start, at);
        if (this.#isWanted(block, start + timestampLength + 1))
          this.#look(block, start, next, this.#size + at);
        this.#previous = block;
        this.#previousAt = start;
      }
      this.#lines++;
      at = next;
    }
    this.#size += block.length;
  }

  /** What has been read so far: the job's name may be known long before the end. */
  get head(): Pick<JobScan, "jobName" | "runnerName" | "strategy" | "size"> & { steps: boolean } {
    return {
      jobName: this.#jobName,
      runnerName: this.#runnerName,
      strategy: this.#strategy,
      size: this.#size,
      steps: this.#markers.some(({ kind }) => kind === "run"),
    };
  }

  /** The end of the log: what waited for a next line has none. */
  end(): JobScan {
    this.#dropHeader();
    this.#settle();
    return {
      jobName: this.#jobName,
      runnerName: this.#runnerName,
      strategy: this.#strategy,
      markers: this.#markers.map(({ action, nested, ...marker }) => ({
        ...marker,
        inner: nested || isClosed(action),
      })),
      times: this.times,
      size: this.#size,
      lines: this.#lines,
    };
  }

  /** Whether the line whose message is here may mean something: what most lines cost. */
  #isWanted(block: Uint8Array, message: number): boolean {
    if (this.#isLooked(block, message)) return true;
    if (this.#pending !== undefined || this.#afterStep !== undefined) return true;
    if (this.#conditionEnded && this.#isGroup(block, message)) return true;
    const header = this.#header;
    if (header === undefined) return false;
    const tooLong = !header.sure && this.#lines - header.since > longestHeader;
    return header.empty || tooLong || this.#conditionEnded || this.#isHeaderLine(block, message);
  }

  #newSecond(block: Uint8Array, start: number, at: number): void {
    const time = this.#timeAt(block, start);
    if (time !== undefined)
      this.times.add({ offset: this.#size + at, line: this.#lines, timestamp: time });
  }

  #timeAt(block: Uint8Array, start: number): number | undefined {
    return bytesHaveTimestamp(block, start, block.length)
      ? this.#reader.readBytes(block, start)
      : undefined;
  }

  /** A line with a time, `start` to `next` in its block. */
  #look(block: Uint8Array, start: number, next: number, offset: number): void {
    const timestamp = this.#timeAt(block, start);
    if (timestamp === undefined) return;
    let end = next;
    if (block[end - 1] === 10) end -= block[end - 2] === 13 ? 2 : 1;
    // The longest thing looked for is a job's name.
    end = Math.min(end, start + 1024);
    const message = this.#decoder.decode(block.subarray(start + timestampLength + 1, end));
    const here = { offset, line: this.#lines, timestamp };
    if (this.#conditionEnded && message.startsWith("##[debug]Evaluating"))
      this.#afterStep ??= "next";
    this.#conditionEnded = false;
    if (this.#afterStep === "next") this.#afterStep = here;
    if (!message.startsWith("##[debug]") && !message.startsWith("##[error]"))
      this.#afterStep = undefined;
    if (this.#header && this.#inHeader(message, here)) return;
    this.#know(message);
    const rule = runnerLine(message);
    if (message.startsWith("##[error]"))
      this.times.addError({ ...here, ends: message.startsWith(exitCode) });
    if (rule && "debug" in rule) this.#debug(rule.debug, message.slice(rule.text.length), here);
    else if (rule && "starts" in rule) this.#start(rule.starts, message, here);
    else this.#between(rule?.before, message, here);
    this.#nest(message);
  }

  /** A line inside a header's group; false when the line has ended it, and stands for itself. */
  #inHeader(message: string, here: LogPosition): boolean {
    const header = this.#header as OpenHeader;
    const isMarker = message.startsWith("##[") && !message.startsWith("##[endgroup]");
    if (isMarker || (!header.sure && runnerLine(message))) {
      this.#dropHeader();
      return false;
    }
    if (message.startsWith("##[endgroup]")) {
      const { marker, sure, empty } = header;
      if (!sure && empty) {
        header.sure = true;
        if (namesAction(marker.title)) marker.runs = "action";
      }
      this.#dropHeader();
      if (marker.runs !== undefined) this.#headerEnd = here.line;
      if (marker.runs === "action") this.#closed = { marker, ...here };
      return true;
    }
    const kind = headerLine(message);
    if (header.empty && isHookScript(header.marker.title, message)) {
      this.#hookScript(header);
      return true;
    }
    if (kind !== undefined) {
      header.sure = true;
      header.marker.runs ??= kind;
    }
    if (message.startsWith("shell: ")) header.marker.shell ??= message;
    header.empty = false;
    if (!header.sure && this.#lines - header.since > longestHeader) this.#dropHeader();
    return true;
  }

  /**
   * An administrator's script belongs to the header, or to the words about the hook, that it follows. One that stands
   * alone makes or removes the job's containers.
   */
  #hookScript({ marker, after, follows }: OpenHeader): void {
    this.#header = undefined;
    if (marker.name !== undefined) return;
    if (!follows) {
      const isFirst = !this.#markers.some(
        (other) => other !== marker && /^(?:containers|run|post)$/.test(other.kind),
      );
      marker.kind = isFirst ? "containers" : "stop-containers";
      return;
    }
    if (after) delete after.followedAfter;
    this.#forget(marker);
  }

  /** A header that nothing has shown to be the runner's is a program's group. */
  #dropHeader(): void {
    if (this.#header?.sure === false) this.#forget(this.#header.marker);
    this.#header = undefined;
  }

  #forget(marker: Draft): void {
    const at = this.#markers.lastIndexOf(marker);
    if (at >= 0) this.#markers.splice(at, 1);
  }

  #start(kind: MarkerKind, message: string, here: LogPosition): void {
    const { line } = here;
    const start = this.#startOf(here);
    const composite = this.#pending?.before === "download" && kind === "run";
    this.#pending = undefined;
    const follows = this.#headerEnd === line - 1;
    const after = kind === "run" || kind === "post" ? this.#follow(start) : undefined;
    const title = withoutAnsi(message.replace("##[group]", ""));
    const named = this.#named;
    if (kind === "post" || kind === "hook") this.#headerEnd = line;
    if (named && this.#started.length <= 1 && kind !== "complete" && kind !== "set-up") {
      Object.assign(named, { kind, title });
      this.#named = undefined;
      if (kind === "run")
        this.#header = { marker: named, sure: true, empty: true, since: line, after, follows };
      return;
    }
    if (kind !== "set-up") this.#setUp = "done";
    else this.#setUp ??= "running";
    const from = kind === "error" && typeof this.#afterStep === "object" ? this.#afterStep : start;
    const marker = this.#mark(kind, title, from);
    if (composite) marker.composite = true;
    if (kind === "run")
      this.#header = { marker, sure: false, empty: true, since: line, after, follows };
    if (kind === "post") this.#closed = { marker, ...here };
  }

  #mark(
    kind: MarkerKind,
    title: string,
    { offset, line, timestamp }: LogPosition,
    name?: string,
  ): Draft {
    const marker: Draft = {
      offset,
      line,
      timestamp,
      kind,
      title,
      action: this.#action,
      nested: this.#started.length > 1,
      ...(name !== undefined && { name }),
    };
    if (this.#markers.length < mostMarkers) this.#markers.push(marker);
    return marker;
  }

  /** Where the step starts whose header is here. */
  #startOf(here: LogPosition): LogPosition {
    const pending = this.#pending;
    if (!pending) return here;
    // A warning may be the last word of the step before; then it does not stand close to what follows.
    const distance = here.timestamp - pending.timestamp;
    if (pending.before === "warning" && (distance > close || distance * 3 > pending.gap))
      return here;
    return pending;
  }

  /** A header or its preparation that follows the group of another header, which is returned. */
  #follow(start: LogPosition): Draft | undefined {
    const closed = this.#closed;
    this.#closed = undefined;
    if (!closed || start.line !== closed.line + 1) return undefined;
    closed.marker.followedAfter = start.timestamp - closed.timestamp;
    return closed.marker;
  }

  /** A line that starts no step: it may belong to the one that follows. */
  #between(before: "header" | "download" | undefined, message: string, here: LogPosition): void {
    const pending = this.#pending;
    if (message.startsWith("##[debug]")) return;
    if (before === "download" && this.#setUp !== "done") {
      // Set up job prepares all actions that are known by then, once.
      const first = message.startsWith("Prepare ") && this.#setUp === "running";
      if (first) this.#setUp = "prepared";
      if (first || !message.startsWith("Prepare ")) return;
      this.#setUp = "done";
    }
    if (pending?.before === "download") {
      if (message.startsWith("##[group]")) pending.inGroup = true;
      if (message.startsWith("##[endgroup]") && pending.inGroup) pending.inGroup = false;
      else if (!pending.inGroup && before === undefined) this.#settle();
      return;
    }
    if (before !== undefined) {
      this.#pending =
        pending && this.#startOf(here) === pending ? pending : this.#wait(before, here);
      return;
    }
    if (message.startsWith("##[warning]")) {
      const gap = this.#gap(here);
      if (!pending || (pending.before === "warning" && gap > pending.gap))
        this.#pending = this.#wait("warning", here, gap);
      return;
    }
    this.#settle();
  }

  #wait(before: Pending["before"], here: LogPosition, gap = 0): Pending {
    return { ...here, before, gap, inGroup: false };
  }

  /** Milliseconds since the line before. */
  #gap({ timestamp }: LogPosition): number {
    const before = this.#previous && this.#timeAt(this.#previous, this.#previousAt);
    return before === undefined ? Infinity : timestamp - before;
  }

  /** Nothing more belongs to what is pending. Actions are downloaded by a step only, even if no header follows. */
  #settle(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    // By debug logging, the step that downloads has a name already.
    if (pending?.before !== "download" || this.#named || this.#started.length > 0) return;
    this.#follow(pending);
    this.#mark("run", "Prepare all required actions", pending);
  }

  #debug(
    event: "condition" | "name" | "result" | "starting" | "finished" | "finishing",
    rest: string,
    here: LogPosition,
  ): void {
    // What comes before "Set up job" is the job's own.
    if (this.#setUp === undefined) return;
    const named = this.#started.length === 0 ? this.#named : undefined;
    switch (event) {
      case "condition":
        if (this.#started.length === 0 && rest.endsWith("'")) this.#name(rest.slice(0, -1), here);
        return;
      case "name": {
        const name = /' display name to: '(.*)'$/.exec(rest)?.[1];
        if (named && name !== undefined) Object.assign(named, { name, title: name });
        return;
      }
      case "result":
        this.#conditionEnded = named !== undefined;
        return;
      case "starting":
        // The name may have an expression, which by now has its value.
        if (named) Object.assign(named, { name: rest, title: rest });
        this.#afterStep = undefined;
        if (this.#started.length < deepestAction) this.#started.push(rest);
        return;
      case "finished": {
        const at = this.#started.lastIndexOf(rest);
        if (at > 0) this.#started.length = at;
        return;
      }
      case "finishing":
        // Only a step of the job finishes.
        if (this.#started[0] !== rest && (rest !== "Set up job" || this.#started.length > 0))
          return;
        this.#started.length = 0;
        this.#named = undefined;
        this.#afterStep = "next";
        this.#setUp = "done";
    }
  }

  /** A step of the job, by debug logging. */
  #name(name: string, here: LogPosition): void {
    const from = typeof this.#afterStep === "object" ? this.#afterStep : here;
    this.#afterStep = undefined;
    this.#setUp = "done";
    this.#named = this.#mark(name.startsWith("Post ") ? "post" : "run", name, from, name);
  }

  #know(message: string): void {
    if (this.#jobName === undefined && message.startsWith("Complete job name: ")) {
      this.#jobName = message.slice("Complete job name: ".length);
      this.#setUp = "done";
    }
    if (this.#runnerName === undefined && /^(?:Runner name|Job is about)/.test(message))
      this.#runnerName = runnerNames.map((form) => form.exec(message)?.[1]).find(Boolean);
    if (this.#lines === 0)
      this.#strategy =
        message.startsWith("##[section]Starting: Prepare job ") ||
        message.startsWith("Evaluating strategy");
  }

  /** Steps inside a composite action, whose ids have a dot, are part of the step. */
  #nest(message: string): void {
    const marker = readActionMarker(message);
    if (!marker?.id.includes(".")) return;
    if (marker.event === "start") {
      if (this.#actions >= deepestAction) this.#actionsTooDeep++;
      else {
        this.#action = { id: marker.id, parent: this.#action, closed: false };
        this.#actions++;
      }
      return;
    }
    if (this.#actionsTooDeep > 0) {
      this.#actionsTooDeep--;
      return;
    }
    let opened = this.#action;
    let depth = this.#actions;
    while (opened && opened.id !== marker.id) {
      opened = opened.parent;
      depth--;
    }
    if (!opened) return;
    for (let each = this.#action; each !== opened.parent; each = each?.parent)
      (each as Action).closed = true;
    this.#action = opened.parent;
    this.#actions = depth - 1;
  }
}

/** An action that never ends would make all the rest of the log its own. */
function isClosed(action: Action | undefined): boolean {
  for (let each = action; each; each = each.parent) if (each.closed) return true;
  return false;
}
