import { bytesHaveTimestamp, TimestampReader, timestampLength } from "../lines/timestamp.ts";
import { identityLines, JobIdentity } from "./job-identity.ts";
import type { LogPosition, Marker } from "./marker.ts";
import { runnerLines, startsWithAny } from "./runner-lines.ts";
import { StepMarkers } from "./step-markers.ts";
import { TimeIndex } from "./time-index.ts";

/** What a job's log says of itself. */
export interface JobScan extends Readonly<
  Pick<JobIdentity, "jobName" | "runnerName" | "strategy">
> {
  /** Where steps may start. */
  readonly markers: readonly Marker[];
  /** Where each second starts, and where the errors are. */
  readonly times: TimeIndex;
  /** Bytes read. */
  readonly size: number;
  /** Lines read. */
  readonly lines: number;
}

/** What the first lines of a job's log say of it. */
export interface JobHead extends Pick<JobScan, "jobName" | "runnerName" | "strategy" | "size"> {
  /** Whether a step of the workflow has started. */
  readonly steps: boolean;
}

const isLooked = startsWithAny([
  ...runnerLines.map(({ text }) => text),
  ...identityLines,
  "##[start-action",
  "##[end-action",
  "##[debug]",
  "##[error]",
  "##[warning]",
]);

/** The last line of a script that fails: `Handlers/ScriptHandler.cs`. */
const exitCode = "##[error]Process completed with exit code ";

/** Reads a job's log for what it says of itself, a block of whole lines at a time. */
export class JobScanner {
  readonly #identity = new JobIdentity();
  readonly #markers = new StepMarkers((here) => this.#gap(here));
  readonly #times = new TimeIndex();
  readonly #reader = new TimestampReader();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #size = 0;
  #lines = 0;
  #isTimed = false;
  /** The bytes of the last line that had a time. */
  #previous: Uint8Array | undefined;
  #previousAt = 0;

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
        if (this.#times.isNew(block, start)) this.#newSecond(block, start, at);
        if (this.#isWanted(block, start + timestampLength + 1)) {
          const timestamp = this.#timeAt(block, start);
          if (timestamp !== undefined)
            this.#look(block, start + timestampLength + 1, next, { at, timestamp });
        }
        this.#previous = block;
        this.#previousAt = start;
        this.#isTimed = true;
      } else if ((!this.#isTimed || hasMarkerAt(block, start)) && this.#isWanted(block, start)) {
        // Its time is not known: NaN is neither close to another, nor out of a step's time.
        this.#look(block, start, next, { at, timestamp: Number.NaN });
      }
      this.#lines++;
      at = next;
    }
    this.#size += block.length;
  }

  /** What has been read so far: the job's name may be known long before the end. */
  get head(): JobHead {
    const { jobName, runnerName, strategy } = this.#identity;
    return { jobName, runnerName, strategy, size: this.#size, steps: this.#markers.hasRun };
  }

  /** The end of the log. */
  end(): JobScan {
    const { jobName, runnerName, strategy } = this.#identity;
    return {
      jobName,
      runnerName,
      strategy,
      markers: this.#markers.end(),
      times: this.#times,
      size: this.#size,
      lines: this.#lines,
    };
  }

  /** Whether the line whose message is here may mean something: what most lines cost. */
  #isWanted(block: Uint8Array, message: number): boolean {
    return isLooked(block, message) || this.#markers.wants(block, message, this.#lines);
  }

  #newSecond(block: Uint8Array, start: number, at: number): void {
    const time = this.#timeAt(block, start);
    if (time !== undefined)
      this.#times.add({ offset: this.#size + at, line: this.#lines, timestamp: time });
  }

  #timeAt(block: Uint8Array, start: number): number | undefined {
    return bytesHaveTimestamp(block, start, block.length)
      ? this.#reader.readBytes(block, start)
      : undefined;
  }

  /** A line that starts at `at` in its block, and whose message is `start` to `next`. */
  #look(
    block: Uint8Array,
    start: number,
    next: number,
    { at, timestamp }: { at: number; timestamp: number },
  ): void {
    let end = next;
    if (block[end - 1] === 10) end -= block[end - 2] === 13 ? 2 : 1;
    // The longest thing looked for is a job's name.
    end = Math.min(end, start + 1024);
    const message = this.#decoder.decode(block.subarray(start, end));
    const here = { offset: this.#size + at, line: this.#lines, timestamp };
    if (!this.#markers.read(message, here)) return;
    this.#identity.read(message, this.#lines);
    if (message.startsWith("##[error]"))
      this.#times.addError({ ...here, ends: message.startsWith(exitCode) });
  }

  /** Milliseconds since the line before. */
  #gap({ timestamp }: LogPosition): number {
    const before = this.#previous && this.#timeAt(this.#previous, this.#previousAt);
    return before === undefined ? Infinity : timestamp - before;
  }
}

/** Whether a line starts with `##[`, as the runner's markers do. */
function hasMarkerAt(block: Uint8Array, at: number): boolean {
  return block[at] === 35 && block[at + 1] === 35 && block[at + 2] === 91;
}
