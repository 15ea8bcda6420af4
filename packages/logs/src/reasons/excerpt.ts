import { messagesOf, visibleText, withoutElapsed } from "./message-text.ts";
import type { Block, Found, Group, NumberedLine, TextLine } from "./reason-finder.ts";
import type { Problem } from "./problem-matcher.ts";
import { weightOf } from "./rule.ts";

/** Why a step failed, as far as its log says. */
export interface Reason<L> {
  /** The message, without time, marker and what a task runner wrote before it. */
  readonly text: string;
  /** Name of the rule that found it: mostly the tool's. */
  readonly rule: string;
  /** How sure it is that the line says why: `high`: a tool says so; `medium`: it has the form of an error; `low`: a guess. */
  readonly confidence: Confidence;
  /** Path of the file it is about, as the tool wrote it. */
  readonly path?: string;
  /** Line in that file, from 1. */
  readonly line?: number;
  /** Column in that line, from 1. */
  readonly column?: number;
  /** The tool's code for it, e.g. `TS2322`. */
  readonly code?: string;
  /** The line of the log; for several lines of one kind the first. */
  readonly logLine: L;
  /** How many lines of the log are of this kind. */
  readonly count: number;
  /** How many of them are not in the excerpt. */
  readonly omitted: number;
}

/** How sure it is that a line says why a step failed. */
export type Confidence = "high" | "medium" | "low";

/** The part of a log that says why it failed. */
export interface Excerpt<L> {
  /** Why it failed, what says most first. Empty when no line looks like a reason. */
  readonly reasons: readonly Reason<L>[];
  /** The lines of the excerpt, in order. */
  readonly lines: readonly L[];
  /** How many lines of the log are not in the excerpt; empty ones and the script's echo do not count. */
  readonly omitted: number;
}

// A log that is hardly longer than an excerpt is its own excerpt.
const shortLog = 14;
const lastLines = 4;
const lastLinesAlone = 20;
const lastLinesOfWarnings = 8;
const lastLinesOfGuess = 10;
const firstLinesAlone = 6;

/** How much an excerpt shows. */
export interface ExcerptSize {
  /** The most lines. */
  readonly perStep: number;
  /** How many lines around each reason are wanted, where the caller says so. */
  readonly context?: number | undefined;
  /** How many of the last lines are wanted, where the caller says so. */
  readonly last?: number | undefined;
}

/** Chooses the lines to show. */
export function excerptOf<L extends TextLine>(
  found: Found<L>,
  { perStep, context, last: asked }: ExcerptSize,
): Excerpt<L> {
  const groups = ranked(found.groups);
  const chosen = new Map<number, NumberedLine<L>>();
  const take = (numbered: NumberedLine<L>, limit = perStep) => {
    if (chosen.size < limit && !chosen.has(numbered.at)) chosen.set(numbered.at, numbered);
  };
  // The line that becomes the reason is shown, if anything is.
  for (const numbered of groups[0]?.first[0]?.own ?? []) take(numbered);
  const best = groups[0]?.weight ?? 0;
  if (found.size <= Math.min(shortLog, perStep) && context === undefined)
    for (const numbered of found.tail) take(numbered);
  // Room for the last lines is kept from the start.
  const alone = best < weightOf.word;
  // Where a word is all there is, the step's own last words may say more.
  const wanted = asked ?? (best === weightOf.word ? lastLinesOfGuess : lastLines);
  const ofLog = best === weightOf.warning ? lastLinesOfWarnings : lastLinesAlone;
  const last = alone ? (context ?? ofLog - 1) + 1 : Math.min(wanted, context ?? wanted);
  // Half of the room at most: the other half is for what says why.
  const lastShown = groups.length > 0 ? Math.min(last, Math.floor(perStep / 2)) : last;
  const tail = lastShown > 0 ? found.tail.slice(-lastShown) : [];
  for (const numbered of tail.toReversed()) take(numbered);
  for (const [weight, room] of rooms) {
    // What says less is looked at only where what says more left room.
    const band = groups.filter((group) => bandOf(group) === weight);
    const isAll = weight === weightOf.warning && best === weight;
    // Beside the ends of the log, the best guess is shown too.
    const least = alone && best === weight ? chosen.size + leastRoom : 0;
    const limit = Math.min(perStep, Math.max(least, isAll ? roomOfWarnings : room));
    for (const block of blocksOf(band)) for (const numbered of block.own) take(numbered, limit);
    const blocks = blocksOf(band).filter(({ at }) => chosen.has(at));
    const deepest = Math.max(0, ...blocks.map(({ around }) => around.length));
    for (let depth = 0; depth < deepest; depth++)
      for (const { own, around } of blocks) {
        const numbered = around[depth];
        // Another line of its kind says nothing more about it.
        const isEqual = numbered?.kind !== undefined && numbered.kind === own.at(-1)?.kind;
        if (numbered && !isEqual) take(numbered, limit);
      }
  }
  if (alone && context === undefined)
    for (const numbered of found.head.slice(0, firstLinesAlone)) take(numbered);
  // Lines of a kind may stand among the last lines, or around another's, as well.
  const shown = new Map<string | undefined, number>();
  for (const { kind } of chosen.values()) shown.set(kind, (shown.get(kind) ?? 0) + 1);
  return {
    reasons: groups
      .filter(({ weight }) => weight > weightOf.consequence || weight === best)
      .slice(0, mostReasons)
      .map((group) => reasonOf(group, shown.get(group.kind) ?? 0)),
    lines: [...chosen.values()].sort((a, b) => a.at - b.at).map(({ line }) => line),
    omitted: Math.max(0, found.size - chosen.size),
  };
}

const mostReasons = 12;

/** Each band of weights, and up to how many lines of the excerpt it may fill. */
const rooms: readonly (readonly [band: number, lines: number])[] = [
  [weightOf.failure, Infinity],
  [weightOf.error, 28],
  [weightOf.word, 20],
  [weightOf.warning, 12],
  [weightOf.consequence, 10],
];
/** Where nothing says more than warnings, they are the reason. */
const roomOfWarnings = 28;
/** So many lines the best reasons get, however full the excerpt is. */
const leastRoom = 6;

/** Causes and failures are one band: a test's name and its message belong together. */
function bandOf({ weight }: Group<unknown>): number {
  return weight >= weightOf.failure
    ? weightOf.failure
    : weight > weightOf.consequence
      ? weight
      : weightOf.consequence;
}

/** What says most first; of equals the first, and of those that are no more than words the last. */
function ranked<L extends TextLine>(groups: readonly Group<L>[]): Group<L>[] {
  const firm = groups.filter((group) => !group.yields && !isSummary(group));
  const lastFirm = (least: number) =>
    Math.max(...firm.filter(({ weight }) => weight >= least).map(firstOf));
  const [failure, error] = [lastFirm(weightOf.failure), lastFirm(weightOf.error)];
  const rankOf = (group: Group<L>) => {
    const { weight, yields } = group;
    if (yields === "always") return Math.min(weight, weightOf.error - 1);
    const from = yields ? lastOf(group) + clearly : Infinity;
    if (failure > from) return Math.min(weight, weightOf.failure - 1);
    return yields === "to-later" && error > from ? Math.min(weight, weightOf.error - 1) : weight;
  };
  return groups.toSorted(
    (a, b) =>
      rankOf(b) - rankOf(a) ||
      (a.weight >= weightOf.failure ? firstOf(a) - firstOf(b) : lastOf(b) - lastOf(a)),
  );
}

/** Whether it only sums up what stands before it. */
function isSummary<L extends TextLine>(group: Group<L>): boolean {
  return group.sumsUp !== undefined && new RegExp(group.sumsUp).test(reasonText(group));
}

/** So many lines later, a reason is not what the one before it brought about at once. */
const clearly = 10;

function lastOf({ first, last }: Group<unknown>): number {
  return (last.at(-1) ?? first.at(-1))?.at ?? 0;
}

function firstOf({ first }: Group<unknown>): number {
  return first[0]?.at ?? 0;
}

const mostBlocks = 12;

/**
 * The blocks of a band that are shown, in order of the log. The rules take turns, so that a flood of one tool does not
 * hide another's word; each gives its first, its last, its second, its second to last, and so on.
 */
function blocksOf<L>(band: readonly Group<L>[]): Block<L>[] {
  const byRule = new Map<string, Block<L>[]>();
  const each = Math.max(1, Math.floor(mostBlocks / band.length));
  for (const group of band) {
    const blocks = byRule.get(group.rule) ?? [];
    byRule.set(group.rule, [...blocks, ...someOf([...group.first, ...group.last], each)]);
  }
  const queues = [...byRule.values()].map((blocks) =>
    alternating(blocks.toSorted((a, b) => a.at - b.at)),
  );
  const chosen: Block<L>[] = [];
  for (
    let turn = 0;
    chosen.length < mostBlocks && queues.some((queue) => queue.length > turn);
    turn++
  )
    for (const queue of queues) {
      const block = queue[turn];
      if (block && chosen.length < mostBlocks) chosen.push(block);
    }
  return chosen.toSorted((a, b) => a.at - b.at);
}

/** So many of the blocks of one kind: of the first ones twice as many as of the last. */
function someOf<T>(blocks: readonly T[], many: number): T[] {
  if (blocks.length <= many) return [...blocks];
  const first = Math.ceil((many * 2) / 3);
  return [...blocks.slice(0, first), ...(many > first ? blocks.slice(first - many) : [])];
}

/** First, second, third, last, and so on: two from the start for one from the end. */
function alternating<T>(list: readonly T[]): T[] {
  const result: T[] = [];
  let [from, to] = [0, list.length - 1];
  while (from <= to) {
    result.push(list[result.length % 3 === 2 ? to-- : from++] as T);
  }
  return result;
}

function reasonText<L extends TextLine>(group: Group<L>): string {
  const [first] = group.first as [Block<L>, ...Block<L>[]];
  return [group.message, ...nextTexts(group, first)].join(" ").trim();
}

function reasonOf<L extends TextLine>(group: Group<L>, shown: number): Reason<L> {
  const [first] = group.first as [Block<L>, ...Block<L>[]];
  return {
    text: reasonText(group),
    rule: group.rule,
    confidence: confidenceOf(group.weight),
    ...locationOf(group.problem),
    logLine: first.own.at(-1)?.line as L,
    count: group.count,
    omitted: Math.max(0, group.count - shown),
  };
}

/** The line below a failure that says why, as Vitest, uv and Gradle write it: `→ Test timed out in 5000ms.` */
const isCause = /^(?:→|╰─▶) \S/;
const isDeeper = /^> \S/;
/**
 * What Gradle writes of its tasks, which run at once, may stand between the lines of a message; and between what failed
 * and why, which of its classes it was.
 */
const isProgress =
  /^> (?:Task :|A failure occurred while executing )|^\d+ actionable tasks?:|^gradle\/actions: |^\[Incubating\]|^Deprecated Gradle features|^You can use '--warning-mode|^For more on this, please refer/;
const deepest = 3;

/** The text of the lines after a reason that goes on there. */
function nextTexts<L extends TextLine>(
  { continues, message }: Group<L>,
  { at, own, around }: Block<L>,
): string[] {
  // What runs the tool writes the same before each of its lines.
  const prefixes = messagesOf(visibleText(own.at(-1)?.line.text ?? "")).findIndex(
    (each) => each.trim() === message,
  );
  const next = around
    .filter((numbered) => numbered.at > at && !numbered.kind?.startsWith("exit-code "))
    .map(({ line }) => {
      const messages = messagesOf(visibleText(line.text.trim()));
      const text = messages[Math.min(Math.max(prefixes, 0), messages.length - 1)] ?? "";
      return withoutElapsed(text).trim();
    })
    .filter((text) => text !== "" && !isProgress.test(text));
  const [first = ""] = next;
  if (!continues) return isCause.test(first) ? [first] : [];
  const last = next.findIndex((text, index) => index > 0 && !isDeeper.test(text));
  return next.slice(0, Math.min(last < 0 ? next.length : last, 1 + deepest));
}

function locationOf({ path, line, column, code }: Problem) {
  return {
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(code !== undefined && { code }),
  };
}

function confidenceOf(weight: number): Confidence {
  if (weight >= weightOf.failure) return "high";
  return weight >= weightOf.error ? "medium" : "low";
}
