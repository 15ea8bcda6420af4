import type { WorkflowRun } from "@workflow-runs/core";

/** What is known of a run that was dispatched on a server which does not say its id. */
export interface Dispatched {
  /** The branch or tag, with or without `refs/heads/` or `refs/tags/`. */
  readonly ref: string;
  /** When the server took the dispatch, in milliseconds since 1970, by its own clock. */
  readonly at: number;
  /** Ids of runs that were there before. */
  readonly before: ReadonlySet<number>;
  /** Login of who dispatched it, where that is known. */
  readonly actor?: string | undefined;
  /** A text that the run's name shows, where its workflow puts an input into it. */
  readonly marker?: string | undefined;
}

/** `created_at` has seconds only, and is set a moment before or after the response. */
const clockSlack = 2_000;

/** The runs that may be the one that was dispatched: with a marker those that show it, else by time, event, actor and ref. */
export function dispatchedRuns(
  runs: readonly WorkflowRun[],
  { ref, at, before, actor, marker }: Dispatched,
): WorkflowRun[] {
  const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
  return runs.filter(
    (run) =>
      run.event === "workflow_dispatch" &&
      run.head_branch === name &&
      !before.has(run.id) &&
      Date.parse(run.created_at) >= at - clockSlack &&
      (actor === undefined || run.triggering_actor?.login.toLowerCase() === actor.toLowerCase()) &&
      (marker === undefined || `${run.display_title}\n${run.name}`.includes(marker)),
  );
}
