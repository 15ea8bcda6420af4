import { withoutAnsi } from "../lines/ansi.ts";
import { readActionMarker } from "../lines/action-marker.ts";
import { hasTimestamp, TimestampReader, timestampLength } from "../lines/timestamp.ts";
import { type Boundary, boundaryKind, followsRun, preWarning } from "./step-boundary.ts";

/** What a job's log tells of itself. */
export interface JobScan {
  /** The job's name as in the workflow, from `Complete job name: …`. */
  jobName: string | undefined;
  /** Name of the runner; the API's `runner_name`. */
  runnerName: string | undefined;
  /** It is GitHub's notes on the strategy, not the log of a job. */
  strategy: boolean;
  /** Where steps may start. */
  boundaries: Boundary[];
  /** Bytes read. */
  size: number;
  /** Lines read. */
  lines: number;
}

const runnerNames = [
  /^Runner name: '(.*)'$/,
  /^Job is about to start running on the (?:hosted )?runner: (.*?)(?: \((?:organization|repository|enterprise)\))?$/,
];

// The first characters of everything looked for.
const first = new Set(Array.from("#PCSAJRE", (letter) => letter.charCodeAt(0)));

/** Reads a job's log for what it tells of itself, a block of whole lines at a time. */
export class JobScanner {
  readonly scan: JobScan = {
    jobName: undefined,
    runnerName: undefined,
    strategy: false,
    boundaries: [],
    size: 0,
    lines: 0,
  };
  readonly #times = new TimestampReader();
  #candidate: Boundary | undefined;
  #warning: Boundary | undefined;
  #inner: string[] = [];
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** The next block; its last line may lack a line end only at the end of the log. */
  add(block: Uint8Array): void {
    const { scan } = this;
    for (let at = 0; at < block.length;) {
      const feed = block.indexOf(10, at);
      const next = feed < 0 ? block.length : feed + 1;
      let start = at;
      while (block[start] === 0xef && block[start + 1] === 0xbb && block[start + 2] === 0xbf)
        start += 3;
      const message = start + timestampLength + 1;
      if (
        this.#candidate !== undefined ||
        this.#warning !== undefined ||
        first.has(block[message] as number)
      )
        this.#look(block.subarray(start, next), scan.size + at);
      scan.lines++;
      at = next;
    }
    scan.size += block.length;
  }

  #look(bytes: Uint8Array, offset: number): void {
    // The longest thing looked for is a job's name.
    const line = this.#decoder.decode(bytes.subarray(0, 1024)).replace(/\r?\n$/, "");
    const timestamp = hasTimestamp(line, 0, line.length) ? this.#times.read(line, 0) : undefined;
    if (timestamp === undefined) {
      // A title of several lines goes on.
      return;
    }
    const message = line.slice(timestampLength + 1);
    if (this.#candidate) {
      if (followsRun(message)) this.scan.boundaries.push(this.#candidate);
      this.#candidate = undefined;
    }
    this.#know(message);
    this.#nest(message);
    const here = { offset, line: this.scan.lines, timestamp };
    const from = this.#warning;
    this.#warning = undefined;
    if (message.startsWith(preWarning)) {
      this.#warning = from ?? { ...here, kind: "run", title: message };
      return;
    }
    const kind = boundaryKind(message);
    if (!kind || this.#inner.length > 0) return;
    const title = withoutAnsi(message.replace("##[group]", ""));
    const boundary = {
      ...here,
      ...(from && { offset: from.offset, line: from.line }),
      kind,
      title,
    };
    if (kind === "run") this.#candidate = boundary;
    else this.scan.boundaries.push(boundary);
  }

  /** The end of the log: what waited for a next line has none. */
  end(): JobScan {
    if (this.#candidate) this.scan.boundaries.push(this.#candidate);
    this.#candidate = undefined;
    return this.scan;
  }

  #know(message: string): void {
    const { scan } = this;
    if (scan.jobName === undefined && message.startsWith("Complete job name: "))
      scan.jobName = message.slice("Complete job name: ".length);
    if (scan.runnerName === undefined)
      scan.runnerName = runnerNames.map((form) => form.exec(message)?.[1]).find(Boolean);
    if (this.scan.lines === 0)
      scan.strategy =
        message.startsWith("##[section]Starting: Prepare job ") ||
        message.startsWith("Evaluating strategy");
  }

  // Steps inside a composite action, whose ids have a dot, are part of the step.
  #nest(message: string): void {
    const marker = readActionMarker(message);
    if (!marker?.id.includes(".")) return;
    if (marker.event === "start") this.#inner.push(marker.id);
    else {
      const opened = this.#inner.lastIndexOf(marker.id);
      if (opened >= 0) this.#inner.length = opened;
    }
  }
}
