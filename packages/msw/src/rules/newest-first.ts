/** What decides where a run stands in a list. */
export interface ListedRun {
  id: number;
  /** In ms since 1970. */
  createdAt: number;
  /** Its place in the list that it was recorded in. */
  position?: number | undefined;
}

/** Ids in the order of GitHub's lists. Recorded runs of one moment keep the order they were recorded in. */
export function newestFirst(runs: readonly ListedRun[]): number[] {
  return runs
    .toSorted((a, b) => b.createdAt - a.createdAt || recordedOrder(a, b) || b.id - a.id)
    .map(({ id }) => id);
}

function recordedOrder(a: ListedRun, b: ListedRun): number {
  return a.position === undefined || b.position === undefined ? 0 : a.position - b.position;
}
