import { withoutAnsi } from "../lines/ansi.ts";
import { DebugSteps } from "./debug-steps.ts";
import type { LogPosition, Marker, MarkerDraft } from "./marker.ts";
import { hasEnded, OpenActions } from "./open-actions.ts";
import {
  headerLine,
  headerLines,
  isHookScript,
  type MarkerKind,
  namesAction,
  runnerLine,
  startsWithAny,
} from "./runner-lines.ts";

/** A log with more markers of steps is nobody's; those behind are left out. */
const mostMarkers = 50_000;
/** Lines after which a group that calls itself a header, and shows nothing of one, is a program's. */
const longestHeader = 5000;
/** In milliseconds: a warning of unknown text so close to a header, and not to what stands before, belongs to it. */
const close = 3;

const isHeaderLine = startsWithAny(["##[", ...headerLines]);
const isGroup = startsWithAny(["##[group]", "##[endgroup]"]);

/** A header whose group is still open; sure when a line of it shows that the runner wrote it. */
interface OpenHeader {
  readonly marker: MarkerDraft;
  readonly since: number;
  /** The header of the action that it follows with nothing between. */
  readonly after: MarkerDraft | undefined;
  /** It follows a header of any kind with nothing between. */
  readonly follows: boolean;
  sure: boolean;
  empty: boolean;
}

/** Lines that belong to the step whose header follows. */
interface Pending extends LogPosition {
  readonly before: "header" | "download" | "warning";
  /** For a warning of unknown text: milliseconds since the line before it. */
  readonly gap: number;
  inGroup: boolean;
}

/** Where the steps of a job may start, by the lines that the runner writes. */
export class StepMarkers {
  /** Milliseconds since the line before. */
  readonly #gap: (here: LogPosition) => number;
  readonly #markers: MarkerDraft[] = [];
  readonly #actions = new OpenActions();
  readonly #debug = new DebugSteps((name, from) =>
    this.#mark(name.startsWith("Post ") ? "post" : "run", name, from, name),
  );
  #setUp: "running" | "prepared" | "done" | undefined;
  #pending: Pending | undefined;
  /** A header whose group is still open. */
  #header: OpenHeader | undefined;
  /** The header whose group was closed last, and where. */
  #closed: (LogPosition & { readonly marker: MarkerDraft }) | undefined;
  /** The last line of the last header. */
  #headerEnd: number | undefined;

  /** @param gap milliseconds from the line before to this one */
  constructor(gap: (here: LogPosition) => number) {
    this.#gap = gap;
  }

  /** Whether a step of the workflow has started. */
  get hasRun(): boolean {
    return this.#markers.some(({ kind }) => kind === "run");
  }

  /** Whether a line that is none of the runner's may mean something, because of those before it. */
  wants(block: Uint8Array, message: number, line: number): boolean {
    if (this.#pending !== undefined || this.#debug.waits) return true;
    if (this.#debug.conditionEnded && isGroup(block, message)) return true;
    const header = this.#header;
    if (header === undefined) return false;
    const tooLong = !header.sure && line - header.since > longestHeader;
    return header.empty || tooLong || this.#debug.conditionEnded || isHeaderLine(block, message);
  }

  /** The next message; false when it is of the group of a step's header, which shows what the step is. */
  read(message: string, here: LogPosition): boolean {
    this.#debug.read(message, here);
    if (this.#header && this.#inHeader(message, here)) return false;
    if (message.startsWith("Complete job name: ")) this.#setUp = "done";
    const rule = runnerLine(message);
    if (rule && "debug" in rule) {
      // What comes before "Set up job" is the job's own.
      const rest = message.slice(rule.text.length);
      if (this.#setUp !== undefined && this.#debug.event(rule.debug, rest, here))
        this.#setUp = "done";
    } else if (rule && "starts" in rule) this.#start(rule.starts, message, here);
    else this.#between(rule?.before, message, here);
    this.#actions.read(message);
    return true;
  }

  /** The end of the log: what waited for a next line has none. */
  end(): Marker[] {
    this.#dropHeader();
    this.#settle();
    return this.#markers.map(({ action, nested, ...marker }) => ({
      ...marker,
      inner: nested || hasEnded(action),
    }));
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
    if (!header.sure && here.line - header.since > longestHeader) this.#dropHeader();
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

  #forget(marker: MarkerDraft): void {
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
    if (kind === "post" || kind === "hook") this.#headerEnd = line;
    const named = kind === "complete" || kind === "set-up" ? undefined : this.#debug.take();
    if (named) {
      Object.assign(named, { kind, title });
      if (kind === "run")
        this.#header = { marker: named, sure: true, empty: true, since: line, after, follows };
      return;
    }
    if (kind !== "set-up") this.#setUp = "done";
    else this.#setUp ??= "running";
    const marker = this.#mark(kind, title, (kind === "error" && this.#debug.behind) || start);
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
  ): MarkerDraft {
    const marker: MarkerDraft = {
      offset,
      line,
      timestamp,
      kind,
      title,
      action: this.#actions.innermost,
      nested: this.#debug.isNested,
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
    const isClose = distance <= close && distance * 3 <= pending.gap;
    return pending.before === "warning" && !isClose ? here : pending;
  }

  /** A header or its preparation that follows the group of another header, which is returned. */
  #follow(start: LogPosition): MarkerDraft | undefined {
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

  /** Nothing more belongs to what is pending. Actions are downloaded by a step only, even if no header follows. */
  #settle(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    // By debug logging, the step that downloads has a name already.
    if (pending?.before !== "download" || this.#debug.isAtWork) return;
    this.#follow(pending);
    this.#mark("run", "Prepare all required actions", pending);
  }
}
