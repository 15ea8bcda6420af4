import type { LineLevel } from "../lines/line.ts";
import { isFrame, isForeignFrame, isRunnersOwn } from "./dull-lines.ts";
import { templateOf, visibleText } from "./message-text.ts";
import type { Problem } from "./problem-matcher.ts";
import type { Hit, RuleBook } from "./rule-book.ts";
import { type Strength, weightOf } from "./rule.ts";

/** A line as far as it matters here. */
export interface TextLine {
  /** The message, without time, marker and ANSI codes. */
  readonly text: string;
  /**
   * What kind of line the runner says it is.
   * @default "output"
   */
  readonly level?: LineLevel | undefined;
  /**
   * Whether it goes on with the message of the line before it.
   * @default false
   */
  readonly continuation?: boolean | undefined;
}

/** A line and where it stands, from 0. */
export interface NumberedLine<L> {
  readonly at: number;
  readonly line: L;
  /** The kind of lines it is one of, when it says why. */
  readonly kind?: string | undefined;
}

/** A line that says why, and the lines around it. */
export interface Block<L> {
  /** Where the line stands. */
  readonly at: number;
  /** The lines of the reason itself: one, or those of a problem of several lines. */
  readonly own: readonly NumberedLine<L>[];
  /** The lines before and after, the nearest ones first. */
  readonly around: NumberedLine<L>[];
}

/** Lines of one kind that say why. */
export interface Group<L> {
  /** What its lines have in common: the rule, and the message without what differs. */
  readonly kind: string;
  readonly rule: string;
  /** Of the one that says most. */
  strength: Strength;
  weight: number;
  /** The message of the first one. */
  readonly message: string;
  readonly problem: Problem;
  /** Whether the message goes on in the next line. */
  readonly continues: boolean;
  /** When it gives way to another's reason. */
  readonly yields: Hit["yields"];
  /** What its text has where it only sums up. */
  readonly sumsUp: Hit["sumsUp"];
  /** How many lines are of this kind. */
  count: number;
  /** The first ones. */
  readonly first: Block<L>[];
  /** The last ones that are not among the first. */
  readonly last: Block<L>[];
}

/** What was found in a log. */
export interface Found<L> {
  /** How many lines there are, the script's echo and empty ones left out. */
  readonly size: number;
  readonly groups: readonly Group<L>[];
  /** The first lines, and the last. */
  readonly head: readonly NumberedLine<L>[];
  readonly tail: readonly NumberedLine<L>[];
}

/** How a {@link ReasonFinder} works. */
export interface FinderOptions<L> {
  /** Makes a line that may be kept for long, of one that shares the memory of its block. */
  readonly keep?: ((line: L) => L) | undefined;
  /** Whether such lines also stand in the log of a run that succeeded. */
  readonly isUsual?: ((template: string) => boolean) | undefined;
  /**
   * How many lines around a line belong to it.
   * @default as the rule says
   */
  readonly context?: number | undefined;
}

const firstKept = 8;
const lastKept = 4;
const headKept = 16;
const tailKept = 40;
const beforeKept = 12;
// A log in which every line is an error of its own must not be held whole.
const groupsKept = 120;

/**
 * Finds the lines that say why, in one pass. It holds some hundred lines, however long the log is.
 */
export class ReasonFinder<L extends TextLine> {
  readonly #rules: RuleBook;
  readonly #keep: (line: L) => L;
  readonly #isUsual: (template: string) => boolean;
  readonly #context: number | undefined;
  readonly #groups = new Map<string, Group<L>>();
  readonly #head: NumberedLine<L>[] = [];
  #tail: NumberedLine<L>[] = [];
  #open: { block: Block<L>; left: number; free: number; frames: number }[] = [];
  #trace: Block<L> | undefined;
  #at = -1;
  #size = 0;
  #echo = false;

  constructor(
    rules: RuleBook,
    { keep = (line) => line, isUsual = () => false, context }: FinderOptions<L> = {},
  ) {
    this.#rules = rules;
    this.#keep = keep;
    this.#isUsual = isUsual;
    this.#context = context;
  }

  /** Takes the next line. */
  add(line: L): void {
    this.#at++;
    const level = line.level ?? "output";
    if (level === "group" && line.text.startsWith("Run ")) {
      this.#echo = true;
      this.#open = [];
    }
    // An error ends the echo as well: an unclosed group must not hide what follows.
    if (this.#echo && level !== "error") {
      if (level === "endgroup") this.#echo = false;
      return;
    }
    this.#echo = false;
    if (silent.has(level)) return;
    const visible = visibleText(line.text);
    if (visible === "" || isRunnersOwn(visible)) return;
    this.#size++;
    // A frame is where it happened, and no reason of its own.
    // The runner marks a message of several lines as a whole: that one of them stands in it says nothing of its own.
    const own = line.continuation ? "output" : level;
    const hit = isFrame(visible) ? undefined : this.#rules.match(visible, own, this.#at);
    const template = hit && templateOf(hit.message);
    const numbered: NumberedLine<L> = {
      at: this.#at,
      line,
      kind: hit && `${hit.rule} ${template}`,
    };
    this.#extend(numbered, visible);
    if (hit) this.#hit(numbered, hit, template as string);
    else if (traced.test(visible))
      this.#trace = this.#block(
        { ...numbered, kind: `${traceHit.rule} ${line.text.trim()}` },
        traceHit,
      );
    if (this.#head.length < headKept) this.#head.push(this.#kept(numbered));
    this.#tail.push(numbered);
    // Cut rarely, not at each line.
    if (this.#tail.length > 4 * tailKept) this.#tail = this.#tail.slice(-tailKept);
  }

  /** What was found. */
  end(): Found<L> {
    return {
      size: this.#size,
      groups: [...this.#groups.values(), ...this.#lastCommand()],
      head: this.#head,
      tail: this.#tail.slice(-tailKept).map((numbered) => this.#kept(numbered)),
    };
  }

  /** Gives the line to the blocks before it that still want lines. */
  #extend(numbered: NumberedLine<L>, visible: string): void {
    if (this.#open.length === 0) return;
    const frame = isFrame(visible);
    if (frame && isForeignFrame(visible)) return;
    for (const open of this.#open) {
      if (frame && open.frames-- <= 0) continue;
      if (open.free-- <= 0 && !framed.test(visible)) {
        open.left = 0;
        continue;
      }
      open.block.around.push(this.#kept(numbered));
      open.left--;
    }
    this.#open = this.#open.filter(({ left }) => left > 0);
  }

  #kept(numbered: NumberedLine<L>): NumberedLine<L> {
    return { ...numbered, line: this.#keep(numbered.line) };
  }

  #hit(numbered: NumberedLine<L>, hit: Hit, template: string): void {
    const usual = hit.weight > weightOf.consequence && this.#isUsual(template);
    const strength = usual ? "consequence" : hit.strength;
    const weight = weightOf[strength];
    const kind = numbered.kind as string;
    let group = this.#groups.get(kind);
    if (!group) {
      const { rule, message, problem, continues, yields, sumsUp } = hit;
      group = {
        kind,
        rule,
        strength,
        weight,
        message,
        problem,
        continues,
        yields,
        sumsUp,
        count: 0,
        first: [],
        last: [],
      };
      this.#groups.set(kind, group);
      if (this.#groups.size > groupsKept) this.#forgetOne();
    }
    group.count++;
    // A program may say it first, and the runner mark it as an error then.
    if (weight > group.weight) Object.assign(group, { strength, weight });
    const block = this.#block(numbered, hit);
    if (group.first.length < firstKept) group.first.push(block);
    else {
      group.last.push(block);
      if (group.last.length > lastKept) group.last.shift();
    }
  }

  #block(numbered: NumberedLine<L>, hit: Hit): Block<L> {
    const { linesBefore } = hit;
    const before = Math.min(this.#context ?? hit.before, tailKept);
    const after = Math.min(this.#context ?? hit.after, tailKept);
    const earlier = this.#tail.slice(-Math.max(beforeKept, before));
    const from = numbered.at - linesBefore;
    const kept = (each: NumberedLine<L>) => this.#kept(each);
    // Of a problem of several lines the first is its file, and the last its message.
    const own = earlier.filter(({ at }) => linesBefore > 0 && at === from).map(kept);
    own.push(kept(numbered));
    const around = earlier
      .filter(({ at, line }) => at < numbered.at && at !== from && !isFrame(line.text))
      .slice(-before || Infinity)
      .map(kept)
      .reverse();
    const block: Block<L> = { at: numbered.at, own, around: before > 0 ? around : [] };
    if (after > 0)
      this.#open.push({ block, left: after, free: hit.framed ? 2 : Infinity, frames: 2 });
    return block;
  }

  /** The last command that `set -x` wrote, and what came of it: with `set -e` it is the one that failed. */
  #lastCommand(): Group<L>[] {
    const block = this.#trace;
    const message = block?.own.at(-1)?.line.text.trim();
    if (!block || message === undefined) return [];
    const { rule, strength, weight, problem, continues, yields, sumsUp } = traceHit;
    return [
      {
        kind: `${rule} ${message}`,
        rule,
        strength,
        weight,
        message,
        problem,
        continues,
        yields,
        sumsUp,
        count: 1,
        first: [block],
        last: [],
      },
    ];
  }

  /** Forgets the middle one of the groups that say least. */
  #forgetOne(): void {
    let least = Infinity;
    for (const { weight } of this.#groups.values()) least = Math.min(least, weight);
    const keys = [...this.#groups].filter(([, { weight }]) => weight === least);
    const middle = keys[Math.floor(keys.length / 2)];
    if (middle) this.#groups.delete(middle[0]);
  }
}

const traced = /^\+{1,4} ?[\w./"'$[(]/;
const traceHit: Hit = {
  rule: "set -x",
  strength: "word",
  weight: weightOf.word,
  general: true,
  message: "",
  problem: {},
  linesBefore: 0,
  before: 0,
  after: 3,
  framed: false,
  continues: false,
  yields: undefined,
  sumsUp: undefined,
};

// Indented, or beside a bar: a code frame, a hint, a location.
const framed = /^(?:\s|[|│┃=^~+>╭╰┌└├─-]|\d+ *[|│])/;

const silent: ReadonlySet<LineLevel> = new Set(["endgroup", "start-action", "end-action", "debug"]);
