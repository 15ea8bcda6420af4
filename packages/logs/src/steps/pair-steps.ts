import { isComposite, isUnsure, type Marker } from "./marker.ts";
import type { MarkerKind } from "./runner-lines.ts";

/** A step of the API, its times in seconds since 1970, as whole as the API's. */
export interface TimedStep {
  readonly name: string;
  /** It was not skipped. */
  readonly ran: boolean;
  /** It failed, and so perhaps before it wrote its header. */
  readonly failed: boolean;
  readonly start: number;
  readonly end: number;
  /** The first byte that was surely written after the steps before it; Infinity when none was. */
  readonly alone: number;
}

/** What a pairing is worth, and what is against it. Names and kinds are found out by the runner's own words. */
const worth = {
  pair: 100,
  /** The header is of the kind that most steps with such a name have. */
  kind: 10,
  /** The header says the step's name; or debug logging does. */
  title: 20,
  debugName: 60,
} as const;

const cost = {
  /** Debug logging says another name. */
  otherName: 80,
  /** It follows an action's header at once, as that of its first step does. */
  firstInside: 120,
  /** The step has written something before it: a header comes first. */
  notFirst: 120,
  /** A step without a header, which every step writes that does not fail. */
  noHeader: 20,
  /** The group says nothing but that it runs something: better than no header, if the step did not fail. */
  unsure: 115,
  /** A script has no post step. */
  scriptWithPost: 50,
  /** The step's first line comes more than a second after its start, or much later. */
  late: 10,
  muchLate: 40,
  /** A marker left to the step before: one that is inside it, may be, hardly is, or cannot be. */
  inside: 1,
  perhapsInside: 5,
  hardlyInside: 20,
  foreign: 40,
  afterScript: 60,
  /** … and outside that step's time. */
  outOfTime: 80,
} as const;

interface Pairing {
  readonly step: number;
  readonly marker: Marker;
  readonly before: Pairing | undefined;
}

/**
 * Pairs steps with markers, in order: the pairing that kinds, times and names speak for most. A marker that is left
 * out is a line of the step before it, which may speak against it too.
 */
export function pairSteps(
  markers: readonly Marker[],
  steps: readonly TimedStep[],
): (Marker | undefined)[] {
  const traits = steps.map((step, index) => traitsOf(step, index, steps));
  const first = pair(markers, steps, traits, undefined);
  // Only what has been paired shows which actions are composite; their post steps have several headers.
  const composite = compositeSteps(first, markers, steps);
  return composite.size > 0 ? pair(markers, steps, traits, composite) : first;
}

interface Traits {
  readonly kinds: readonly MarkerKind[];
  /** For a post step: the step it belongs to. */
  readonly main: number | undefined;
  /** It has a post step: so it is an action. */
  readonly hasPost: boolean;
}

function traitsOf({ name }: TimedStep, index: number, steps: readonly TimedStep[]): Traits {
  const main = name.startsWith("Post ")
    ? steps.findIndex((other, at) => at < index && other.name === name.slice("Post ".length))
    : -1;
  return {
    kinds: kindsOf(name, index, steps.length, main >= 0),
    main: main < 0 ? undefined : main,
    hasPost: steps.some((other, at) => at > index && other.name === `Post ${name}`),
  };
}

function kindsOf(name: string, index: number, count: number, isPost: boolean): MarkerKind[] {
  if (name === "Set up job" && index === 0) return ["set-up"];
  if (name === "Complete job" && index === count - 1) return ["complete"];
  if (name === "Initialize containers") return ["containers", "run"];
  if (name === "Stop containers") return ["stop-containers", "run"];
  if (name === "Set up runner" || name === "Complete runner") return ["hook", "run"];
  if (name === "Create custom image") return ["snapshot", "run"];
  if (isPost) return ["post", "run", "error"];
  if (name.startsWith("Post ")) return ["run", "post", "error"];
  if (/^(?:Build|Pull) /.test(name)) return ["run", "image", "error"];
  return ["run", "background", "error"];
}

function compositeSteps(
  paired: readonly (Marker | undefined)[],
  markers: readonly Marker[],
  steps: readonly TimedStep[],
): ReadonlySet<number> {
  const owners = new Map(paired.map((marker, index) => [marker, index]));
  const composite = new Set<number>();
  let owner: number | undefined;
  for (const marker of markers) {
    const own = owners.get(marker);
    if (own !== undefined) owner = own;
    const isStep = own !== undefined && isComposite(marker);
    const isInside = own === undefined && marker.kind === "run" && !isUnsure(marker);
    if (owner !== undefined && (isStep || isInside) && steps[owner]?.ran) composite.add(owner);
  }
  return composite;
}

/**
 * The best pairing by dynamic programming: of all pairings of the markers so far that end with some step, only the best
 * is kept, once with a script's header and once with another, which differ in what may follow.
 */
function pair(
  markers: readonly Marker[],
  steps: readonly TimedStep[],
  traits: readonly Traits[],
  composite: ReadonlySet<number> | undefined,
): (Marker | undefined)[] {
  const size = steps.length * 2;
  const scores = new Float64Array(size).fill(-Infinity);
  const pairings: (Pairing | undefined)[] = Array.from({ length: size });
  const of = steps.map((step, index) => {
    const { kinds, main } = traits[index] as Traits;
    const ofComposite = main === undefined ? undefined : composite?.has(main);
    return { step, kind: kinds[0], ofComposite, headerless: headerless(step) };
  });
  // What it costs that no step has a header so far.
  let none = 0;
  let last: Marker | undefined;
  for (const marker of markers) {
    const second = Math.floor(marker.timestamp / 1000);
    const isFirstInside = marker.kind === "run" && last?.kind === "run" && isComposite(last);
    // Where the steps inside are marked, what follows them is none of them.
    last = marker.inner ? undefined : marker;
    const made: { at: number; score: number; pairing: Pairing }[] = [];
    // The best pairing that ends before the step at hand.
    let [best, bestAt] = [none, -1];
    none -= marker.inner || isUnsure(marker) ? 0 : cost.outOfTime + cost.foreign;
    for (let index = 0; index < steps.length; index++) {
      const each = of[index] as (typeof of)[number];
      const { step } = each;
      const isOut = second < step.start || second > step.end;
      const value =
        isOut && marker.name === undefined
          ? undefined
          : valueOf(step, traits[index] as Traits, marker, second);
      if (value !== undefined)
        made.push({
          at: index * 2 + (marker.runs === "script" ? 1 : 0),
          score: best + value - (isFirstInside ? cost.firstInside : 0),
          pairing: { step: index, marker, before: pairings[bestAt] },
        });
      best -= each.headerless;
      for (let at = index * 2; at < index * 2 + 2; at++) {
        const pairing = pairings[at];
        if (pairing === undefined) continue;
        const score = scores[at] as number;
        if (score > best) {
          best = score;
          bestAt = at;
        }
        const left = inside(marker, pairing.marker, each.kind, each.ofComposite);
        scores[at] = score - left - (isOut ? cost.outOfTime : 0);
      }
    }
    for (const { at, score, pairing } of made)
      if (score > (scores[at] as number)) {
        scores[at] = score;
        pairings[at] = pairing;
      }
  }
  let [best, found] = [none, undefined as Pairing | undefined];
  for (const [at, score] of scores.entries()) {
    if (at % 2 === 0) best -= headerless(steps[at >> 1] as TimedStep);
    if (score > best) [best, found] = [score, pairings[at]];
  }
  const paired: (Marker | undefined)[] = steps.map(() => undefined);
  for (let at = found; at; at = at.before) paired[at.step] = at.marker;
  return paired;
}

function headerless({ ran, failed }: TimedStep): number {
  return ran && !failed ? cost.noHeader : 0;
}

/** What it is worth that this step starts here; undefined when it cannot. */
function valueOf(
  { name, ran, start, end, alone }: TimedStep,
  { kinds, hasPost }: Traits,
  marker: Marker,
  second: number,
): number | undefined {
  if (marker.inner) return undefined;
  if (marker.name !== undefined && marker.name === name)
    return worth.pair + worth.debugName + worth.kind;
  const kind = kinds.indexOf(marker.kind);
  if (kind < 0) return undefined;
  // A skipped step writes nothing but, with debug logging, that it is skipped.
  if (!ran) return undefined;
  const late = start === -Infinity ? 0 : second - start;
  // The runner takes a step's times from the clock that it writes the lines by.
  if (late < 0 || second > end) return undefined;
  let value: number = worth.pair;
  if (kind === 0) value += worth.kind;
  if (marker.title === name) value += worth.title;
  if (marker.name !== undefined) value -= cost.otherName;
  if (hasPost && marker.runs === "script") value -= cost.scriptWithPost;
  if (isUnsure(marker)) value -= cost.unsure;
  if (marker.offset > alone) value -= cost.notFirst;
  // A step that begins late in a second writes in the next one.
  if (late === 2) value -= cost.late;
  else if (late > 2) value -= cost.muchLate;
  return value;
}

/** What speaks against a marker being a line of the step with this header. */
function inside(
  marker: Marker,
  header: Marker,
  kind: MarkerKind | undefined,
  ofComposite: boolean | undefined,
): number {
  if (marker.inner || isUnsure(marker)) return 0;
  if (marker.name !== undefined) return cost.foreign;
  if (marker.kind === kind && kind !== "run" && kind !== "post") return 0;
  if (marker.kind === "image" && header.kind === "run") return cost.inside;
  if (marker.kind === "run" && header.kind === "run")
    return header.runs === "script" ? cost.afterScript : cost.inside;
  if (marker.kind === "post" && header.kind === "post") {
    if (ofComposite) return cost.inside;
    if (header.followedAfter === undefined) return cost.foreign;
    return ofComposite === undefined ? cost.perhapsInside : cost.hardlyInside;
  }
  return cost.foreign;
}
