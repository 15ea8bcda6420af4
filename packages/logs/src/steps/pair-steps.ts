import { isComposite, type Marker } from "./marker.ts";
import type { MarkerKind } from "./runner-lines.ts";

/** A step of the API, its times in seconds since 1970, as whole as the API's. */
export interface TimedStep {
  readonly name: string;
  /** It was not skipped. */
  readonly ran: boolean;
  readonly failed: boolean;
  readonly start: number;
  readonly end: number;
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
  /** Another action's mark is around it. */
  inner: 60,
  /** A script has no post step. */
  scriptWithPost: 50,
  /** The step's first line is late in its second, in its time, or before it. */
  late: 10,
  muchLate: 40,
  early: 60,
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
    const isInside = own === undefined && marker.kind === "run" && marker.runs !== undefined;
    if (owner !== undefined && (isStep || isInside) && steps[owner]?.ran) composite.add(owner);
  }
  return composite;
}

/** One of the best pairings so far that end with some step: whether that is a script matters for what follows. */
interface State {
  score: number;
  pairing: Pairing | undefined;
}

function pair(
  markers: readonly Marker[],
  steps: readonly TimedStep[],
  traits: readonly Traits[],
  composite: ReadonlySet<number> | undefined,
): (Marker | undefined)[] {
  // Two for each step: its header is a script's, or another. And one for no step yet.
  const states: State[] = Array.from({ length: steps.length * 2 + 1 }, () => ({
    score: -Infinity,
    pairing: undefined,
  }));
  const start = states[steps.length * 2] as State;
  start.score = 0;
  for (const marker of markers) {
    const second = Math.floor(marker.timestamp / 1000);
    const variant = marker.runs === "script" ? 1 : 0;
    const next: { at: number; score: number; before: State }[] = [];
    let best = start;
    for (const [index, step] of steps.entries()) {
      const value = valueOf(step, traits[index] as Traits, marker, second);
      if (value !== undefined) {
        const score = best.score + value;
        if (score > -Infinity) next.push({ at: index * 2 + variant, score, before: best });
      }
      for (const at of [index * 2, index * 2 + 1]) {
        const state = states[at] as State;
        if (state.score > best.score) best = state;
      }
    }
    const made = next.map(({ at, score, before }) => ({
      at,
      score,
      pairing: { step: at >> 1, marker, before: before.pairing },
    }));
    for (const [at, state] of states.entries()) {
      if (state.score === -Infinity || state === start) continue;
      const owner = at >> 1;
      const { kinds, main } = traits[owner] as Traits;
      const { marker: header } = state.pairing as Pairing;
      state.score -= leftOut(marker, second, {
        step: steps[owner] as TimedStep,
        kinds,
        isScript: at % 2 === 1,
        ofComposite: main === undefined ? undefined : composite?.has(main),
        header,
      });
    }
    for (const { at, score, pairing } of made) {
      const state = states[at] as State;
      if (score > state.score) Object.assign(state, { score, pairing });
    }
  }
  let best = start;
  for (const state of states) if (state.score > best.score) best = state;
  const paired: (Marker | undefined)[] = steps.map(() => undefined);
  for (let at = best.pairing; at; at = at.before) paired[at.step] = at.marker;
  return paired;
}

/** What it is worth that this step starts here; undefined when it cannot. */
function valueOf(
  { name, ran, start, end }: TimedStep,
  { kinds, hasPost }: Traits,
  marker: Marker,
  second: number,
): number | undefined {
  const kind = kinds.indexOf(marker.kind);
  if (kind < 0) return undefined;
  if (marker.name !== undefined && marker.name === name)
    return worth.pair + worth.debugName + worth.kind;
  // A skipped step writes nothing but, with debug logging, that it is skipped.
  if (!ran) return undefined;
  const late = start === -Infinity ? 0 : second - start;
  if (late < -1 || second > end + 1 || (late > 1 && second > end)) return undefined;
  let value: number = worth.pair;
  if (kind === 0) value += worth.kind;
  if (marker.title === name) value += worth.title;
  if (marker.name !== undefined) value -= cost.otherName;
  if (marker.inner) value -= cost.inner;
  if (hasPost && marker.runs === "script") value -= cost.scriptWithPost;
  if (late < 0) value -= cost.early;
  else if (late === 1) value -= cost.late / 2;
  else if (late === 2) value -= cost.late;
  else if (late > 2) value -= cost.muchLate;
  return value;
}

interface Owner {
  readonly step: TimedStep;
  readonly kinds: readonly MarkerKind[];
  readonly isScript: boolean;
  /** Of a post step: whether its action is composite, if that is known. */
  readonly ofComposite: boolean | undefined;
  readonly header: Marker;
}

/** What speaks against a marker being a line of the step before it. */
function leftOut(marker: Marker, second: number, owner: Owner): number {
  const { step } = owner;
  const isOut = second < step.start - 1 || second > step.end;
  return (isOut ? cost.outOfTime : 0) + (marker.inner ? 0 : inside(marker, owner));
}

function inside(marker: Marker, { kinds, isScript, ofComposite, header }: Owner): number {
  if (marker.name !== undefined) return cost.foreign;
  if (marker.kind === kinds[0] && marker.kind !== "run" && marker.kind !== "post")
    return cost.inside;
  if (marker.kind === "run" && header.kind === "run")
    return isScript ? cost.afterScript : cost.inside;
  if (marker.kind === "post" && header.kind === "post") {
    if (ofComposite) return cost.inside;
    if (header.followedAfter === undefined) return cost.foreign;
    return ofComposite === undefined ? cost.perhapsInside : cost.hardlyInside;
  }
  return cost.foreign;
}
