import type { Boundary, BoundaryKind } from "./step-boundary.ts";

/** A step found in a job's log. */
export interface FoundStep {
  readonly name: string;
  readonly boundary: Boundary;
}

/** A step as the API has it, as far as it is needed to find it in the log. */
export interface KnownStep {
  readonly name: string;
  readonly conclusion?: string | null;
  readonly started_at?: string | null | undefined;
}

const names: Partial<Record<BoundaryKind, string>> = {
  "set-up": "Set up job",
  containers: "Initialize containers",
  "stop-containers": "Stop containers",
  complete: "Complete job",
};

/**
 * The steps of a job's log by what the runner writes where they start. A composite action's inner steps look
 * like steps of the job in logs without `##[start-action]` (before 2026): only the API's steps tell them apart.
 */
export function splitByMarkers(boundaries: readonly Boundary[]): FoundStep[] {
  const lastRun = boundaries.findLastIndex(({ kind }) => kind === "run" || kind === "image");
  const complete = boundaries.findLastIndex(({ kind }) => kind === "complete");
  const found: FoundStep[] = [];
  for (const [index, boundary] of boundaries.entries()) {
    const { kind, title } = boundary;
    // What a program prints may look like a marker: some can only be where they make sense.
    if (kind === "set-up" && found.some((step) => step.boundary.kind === "set-up")) continue;
    if (kind === "post" && index < lastRun) continue;
    if (kind === "complete" && index !== complete) continue;
    if (
      (kind === "containers" || kind === "stop-containers" || kind === "image") &&
      found.at(-1)?.boundary.kind === kind &&
      kind !== "image"
    )
      continue;
    found.push({ name: names[kind] ?? title.replace(/\.$/, ""), boundary });
  }
  return found;
}

/**
 * Finds the API's steps in a job's log. When the markers give just as many steps, of the right kinds, they are
 * those; otherwise steps and markers are paired, in order, by kind, time and name.
 *
 * @returns for each step where it starts, or undefined when it wrote nothing
 */
export function splitBySteps(
  boundaries: readonly Boundary[],
  steps: readonly KnownStep[],
): (Boundary | undefined)[] {
  const ran = steps.map((step, index) => ({ step, index })).filter(({ step }) => hasRun(step));
  const found = splitByMarkers(boundaries);
  const places: (Boundary | undefined)[] = steps.map(() => undefined);
  const oneToOne =
    found.length === ran.length &&
    found.every(({ boundary }, at) =>
      kindsOf((ran[at] as { step: KnownStep }).step).includes(boundary.kind),
    );
  const pairs: (readonly [number, Boundary])[] = oneToOne
    ? found.map(({ boundary }, at) => [at, boundary])
    : pair(
        ran.map(({ step }) => step),
        boundaries,
      );
  for (const [at, boundary] of pairs) places[(ran[at] as { index: number }).index] = boundary;
  return places;
}

function hasRun({ conclusion }: KnownStep): boolean {
  return conclusion !== "skipped";
}

function kindsOf({ name }: KnownStep): BoundaryKind[] {
  if (name === "Set up job") return ["set-up"];
  if (name === "Complete job") return ["complete"];
  if (name === "Initialize containers") return ["containers", "run"];
  if (name === "Stop containers") return ["stop-containers", "run"];
  if (name === "Set up runner" || name === "Complete runner") return ["hook", "run"];
  if (name.startsWith("Post ")) return ["post", "run"];
  if (/^(Build|Pull) /.test(name)) return ["image", "run"];
  return ["run"];
}

// The table of all pairs has this many cells at most, 80 MB.
const largestTable = 1e7;

function pair(
  steps: readonly KnownStep[],
  boundaries: readonly Boundary[],
): (readonly [number, Boundary])[] {
  const small = (steps.length + 1) * (boundaries.length + 1) <= largestTable;
  return small ? align(steps, boundaries) : pairFirst(steps, boundaries);
}

/** Pairs each step with the first boundary behind the last one that can be its. */
function pairFirst(
  steps: readonly KnownStep[],
  boundaries: readonly Boundary[],
): (readonly [number, Boundary])[] {
  const pairs: (readonly [number, Boundary])[] = [];
  let from = 0;
  for (const [index, step] of steps.entries()) {
    const at = boundaries.findIndex(
      (boundary, place) => place >= from && worthOf(step, boundary) > 0,
    );
    if (at < 0) continue;
    pairs.push([index, boundaries[at] as Boundary]);
    from = at + 1;
  }
  return pairs;
}

/** The best way to pair steps with boundaries without crossing: most pairs, then names, then nearness in time. */
function align(steps: readonly KnownStep[], boundaries: readonly Boundary[]): [number, Boundary][] {
  const width = boundaries.length + 1;
  const best = new Float64Array((steps.length + 1) * width);
  for (let i = 1; i <= steps.length; i++)
    for (let j = 1; j < width; j++) {
      const worth = worthOf(steps[i - 1] as KnownStep, boundaries[j - 1] as Boundary);
      best[i * width + j] = Math.max(
        best[(i - 1) * width + j] as number,
        best[i * width + j - 1] as number,
        worth > 0 ? (best[(i - 1) * width + j - 1] as number) + worth : 0,
      );
    }
  const pairs: [number, Boundary][] = [];
  for (let i = steps.length, j = boundaries.length; i > 0 && j > 0;) {
    const here = best[i * width + j] as number;
    // Leaving the later boundary out first, the earlier of two equals is taken.
    if (here === best[i * width + j - 1]) j--;
    else if (here === best[(i - 1) * width + j]) i--;
    else {
      pairs.unshift([i - 1, boundaries[j - 1] as Boundary]);
      i--;
      j--;
    }
  }
  return pairs;
}

const second = 1000;

function worthOf(step: KnownStep, boundary: Boundary): number {
  const kinds = kindsOf(step);
  const kind = kinds.indexOf(boundary.kind);
  if (kind < 0) return 0;
  const start = step.started_at ? Date.parse(step.started_at) : Number.NaN;
  // The API's times have whole seconds.
  const late = Number.isNaN(start) ? 0 : (boundary.timestamp - start) / second;
  if (late < -1 || late >= 2) return 0;
  const named = boundary.title === step.name ? 20 : 0;
  return 100 + named + (kind === 0 ? 10 : 0) - (late < 0 || late >= 1 ? 5 : 0);
}
