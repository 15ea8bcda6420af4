import { isComposite, isUnsure, type Marker } from "./marker.ts";
import type { MarkerKind } from "./runner-lines.ts";

/** A step found in a job's log. */
export interface FoundStep {
  readonly name: string;
  readonly marker: Marker;
}

/** The step that the runner ends every job with. */
export const completeJob = "Complete job";

const names: Partial<Record<MarkerKind, string>> = {
  "set-up": "Set up job",
  containers: "Initialize containers",
  "stop-containers": "Stop containers",
  complete: completeJob,
};

/**
 * The steps of a job's log by what the runner writes where they start. Logs before 2026 do not mark the steps inside
 * a composite action; they are recognised by their shell, which such a step has to name, and by following one another.
 */
export function stepsOfLog(markers: readonly Marker[]): FoundStep[] {
  const isSure = markers.some((marker) => marker.kind === "run" && !isUnsure(marker));
  const outer = markers.filter((marker) => !marker.inner && !(isSure && isUnsure(marker)));
  const insideActions = stepsInsideActions(
    outer,
    markers.some(({ inner }) => inner),
  );
  const firstRun = outer.findIndex(({ kind }) => kind === "run");
  const lastRun = outer.findLastIndex(({ kind }) => kind === "run" || kind === "image");
  const complete = completeStart(outer, lastRun);
  const found: FoundStep[] = [];
  for (const [index, marker] of outer.entries()) {
    const { kind, title } = marker;
    // What a program prints may look like a marker: some can only be where they make sense.
    if (kind === "set-up" && found.some((step) => step.marker.kind === "set-up")) continue;
    if (kind === "post" && index < lastRun) continue;
    // The images of a local action's steps are made inside it, those of the job's actions before its first step.
    if (kind === "image" && firstRun >= 0 && index > firstRun) continue;
    if (kind === "complete" && index !== complete) continue;
    if (complete !== undefined && index > complete) continue;
    if ((kind === "containers" || kind === "stop-containers") && isLast(found, kind)) continue;
    if (insideActions.has(marker)) continue;
    found.push({ name: nameOf(marker, title), marker });
  }
  return found;
}

function nameOf({ kind, name }: Marker, title: string): string {
  if (name !== undefined) return name;
  if (kind === "hook") return title.includes("started hook") ? "Set up runner" : "Complete runner";
  return names[kind] ?? title.replace(/^##\[error\]/, "").replace(/\.$/, "");
}

function isLast(found: readonly FoundStep[], kind: MarkerKind): boolean {
  return found.at(-1)?.marker.kind === kind;
}

/** Where "Complete job" starts: with the outputs, if the job has some, and else with the cleaning up. */
function completeStart(markers: readonly Marker[], lastRun: number): number | undefined {
  const last = markers.findLastIndex(({ kind }) => kind === "complete");
  if (last < 0) return undefined;
  let first = last;
  while (first - 1 > lastRun && markers[first - 1]?.kind === "complete") first--;
  return first;
}

/**
 * Headers that are very likely those of steps inside a composite action, in logs that do not mark these. Such an
 * action is known by a header that follows its own with nothing between. Its steps go on as long as scripts come with
 * a shell that no step of the job has (inside an action `shell` is required, while a job's steps mostly leave it
 * out), or come in quick succession.
 */
function stepsInsideActions(markers: readonly Marker[], areMarked: boolean): ReadonlySet<Marker> {
  const inside = new Set<Marker>();
  if (areMarked) return inside;
  const ofJob = shellsOfJob(markers);
  const ofCheckout = postOfCheckout(markers);
  for (const [at, marker] of markers.entries()) {
    if (!isComposite(marker) || inside.has(marker)) continue;
    let last = at;
    const shells = new Set<string | undefined>();
    for (let next = at + 1; markers[next]?.kind === marker.kind; next++) {
      const { runs, shell, timestamp, composite } = markers[next] as Marker;
      const first = next === at + 1;
      // Another local action: seldom inside this one, and then mostly what it starts with.
      if (composite && !first) break;
      const quick = timestamp - (markers[next - 1] as Marker).timestamp < quickSuccession;
      if (marker.kind === "post") {
        if (first && next !== ofCheckout) last = next;
        break;
      }
      const isOther = ofJob.has(shell) || (shells.size > 0 && !shells.has(shell));
      if (runs === "script" && isOther && (isDefaultShell(shell) || !quick)) break;
      if (runs === "script") shells.add(shell);
      if (runs === "script" || first) last = next;
    }
    for (const each of markers.slice(at + 1, last + 1)) inside.add(each);
  }
  return inside;
}

/**
 * The last post of a job whose first action is `actions/checkout`: posts run from the last step to the first, and that
 * one always has one.
 */
function postOfCheckout(markers: readonly Marker[]): number | undefined {
  const first = markers.find(({ kind, runs }) => kind === "run" && runs === "action");
  return first?.title.startsWith("Run actions/checkout@")
    ? markers.findLastIndex(({ kind }) => kind === "post")
    : undefined;
}

/** In milliseconds. */
const quickSuccession = 500;

/** The shells of scripts that are surely the job's own: those before any composite action, and defaults. */
function shellsOfJob(markers: readonly Marker[]): ReadonlySet<string | undefined> {
  const shells = new Set<string | undefined>();
  let composite = false;
  for (const marker of markers) {
    const { kind, runs, shell } = marker;
    composite ||= kind === "run" && isComposite(marker);
    if (runs === "script" && (!composite || isDefaultShell(shell))) shells.add(shell);
  }
  return shells;
}

/** The command line of a shell that the workflow did not name. */
function isDefaultShell(shell: string | undefined): boolean {
  return /^shell: \S*bash -e \{0\}$/.test(shell ?? "");
}
