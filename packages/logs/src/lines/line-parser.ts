import { readActionMarker } from "./action-marker.ts";
import { withoutAnsi } from "./ansi.ts";
import type { Line, LineLevel } from "./line.ts";
import { markerAt, pageMarkerAt } from "./marker.ts";
import { OpenGroups } from "./open-groups.ts";
import { hasTimestamp, TimestampReader, timestampLength } from "./timestamp.ts";

/** Turns blocks of whole lines into lines; knows number, time and groups from one block to the next. */
export class LineParser<Job, Step> {
  readonly #job: Job;
  readonly #step: Step | undefined;
  readonly #levels: ReadonlySet<LineLevel> | undefined;
  readonly #times = new TimestampReader();
  #escape = -1;
  #written = -1;
  #number = 0;
  #isTimed = false;
  #timestamp: number | undefined;
  #level: LineLevel = "output";
  readonly #groups = new OpenGroups();

  /** @param levels only lines of these kinds are made; the others are passed over unparsed */
  constructor(job: Job, step: Step | undefined, levels?: ReadonlySet<LineLevel>) {
    this.#job = job;
    this.#step = step;
    this.#levels = levels;
  }

  /** The lines of a block, whose last line may lack its line end. */
  parse(block: string): Line<Job, Step>[] {
    const lines: Line<Job, Step>[] = [];
    this.#escape = -1;
    this.#written = -1;
    for (let at = 0; at < block.length;) {
      const feed = block.indexOf("\n", at);
      const next = feed < 0 ? block.length : feed + 1;
      let end = feed < 0 ? block.length : feed;
      if (end > at && block.charCodeAt(end - 1) === 13) end--;
      // A byte order mark may stand at the start of any line: logs are joined from blocks that begin with one.
      while (block.charCodeAt(at) === 0xfeff && at < end) at++;
      this.#number++;
      const line = this.#line(block, at, end);
      if (line) lines.push(line);
      at = next;
    }
    return lines;
  }

  #line(block: string, at: number, end: number): Line<Job, Step> | undefined {
    const timed = hasTimestamp(block, at, end);
    const message = timed ? Math.min(at + timestampLength + 1, end) : at;
    // Without a time it goes on with the line before, unless no line has one, or it starts with a marker.
    const isOwn = timed || !this.#isTimed || block.startsWith("##[", at);
    let marker = isOwn ? markerAt(block, message, end) : undefined;
    if (!timed && !this.#isTimed) marker ??= pageMarkerAt(block, at, end);
    const continuation = !timed && this.#isTimed && !marker;
    if (!continuation) this.#level = marker?.level ?? "output";
    this.#isTimed ||= timed;
    const level = this.#level;
    let groups = this.#groups.titles;
    let text: string | undefined;
    if (marker && (level === "group" || level === "endgroup"))
      groups = this.#groups.regroup(level, block.slice(marker.textAt, end));
    else if (marker && (level === "start-action" || level === "end-action")) {
      const action = readActionMarker(block.slice(marker.textAt, end));
      if (action) {
        text = withoutAnsi(action.display ?? action.conclusion ?? action.id);
        groups = this.#groups.enter(action);
      }
    }
    // Nothing but the marker has been looked at in a line that nobody wants.
    if (this.#levels && !this.#levels.has(level)) return undefined;
    if (timed) this.#timestamp = this.#times.read(block, at) ?? this.#timestamp;
    return {
      number: this.#number,
      timestamp: this.#timestamp,
      level,
      text: text ?? this.#plain(block, marker?.textAt ?? message, end),
      raw: block.slice(at, end),
      groups,
      continuation,
      job: this.#job,
      step: this.#step,
    };
  }

  /** A part of the block without ANSI codes; the block is searched for these once, not line by line. */
  #plain(block: string, from: number, end: number): string {
    if (this.#escape < from) this.#escape = placeOf("\u001b", block, from);
    if (this.#written < from) this.#written = placeOf("^[[", block, from);
    const text = block.slice(from, end);
    return this.#escape < end || this.#written < end ? withoutAnsi(text) : text;
  }
}

function placeOf(text: string, block: string, from: number): number {
  const at = block.indexOf(text, from);
  return at < 0 ? Infinity : at;
}
