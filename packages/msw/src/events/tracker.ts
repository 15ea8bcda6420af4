import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { changesOf, type Change } from "./changes.ts";

/** A change that has come about. */
export interface DueChange {
  run: RunRecord;
  change: Change;
}

/** Watches runs for changes that have come about. */
export interface Tracker {
  /** The run is new, or something was done to it. */
  changed(run: RunRecord, now: number): void;
  /** Takes runs up that are there already; what happened to them so far is no change. */
  follow(runs: Iterable<RunRecord>, now: number): void;
  forget(runId: number): void;
  /** The first change that is due and was not taken yet, of all runs. */
  take(now: number): DueChange | undefined;
  /** When the next change comes if nothing is done; Infinity for never. */
  nextAt(): number;
  clear(): void;
}

interface Followed {
  run: RunRecord;
  /** Changes before it are no news. */
  since: number;
  taken: Set<string>;
  open: Change[];
  /** When the last change that is known comes, or came. */
  lastAt: number;
}

/** @param repositoryOf the repository of a run; undefined once it is gone */
export function createTracker(
  repositoryOf: (run: RunRecord) => RepositoryRecord | undefined,
): Tracker {
  const followed = new Map<number, Followed>();

  const look = (one: Followed): void => {
    const environments = repositoryOf(one.run)?.environments ?? [];
    const changes = changesOf(one.run, environments);
    one.open = changes.filter((change) => change.at >= one.since && !one.taken.has(keyOf(change)));
    one.lastAt = Math.max(...changes.map(({ at }) => at));
  };

  const add = (run: RunRecord, since: number): Followed => {
    const one: Followed = { run, since, taken: new Set(), open: [], lastAt: 0 };
    look(one);
    followed.set(run.id, one);
    return one;
  };

  return {
    changed(run, now) {
      const known = followed.get(run.id);
      if (known === undefined) {
        add(run, now);
        return;
      }
      known.run = run;
      look(known);
    },
    follow(runs, now) {
      for (const run of runs) {
        const one = add(run, now);
        for (const change of one.open) if (change.at <= now) one.taken.add(keyOf(change));
        look(one);
      }
    },
    forget(runId) {
      followed.delete(runId);
    },
    take(now) {
      let first: Followed | undefined;
      for (const one of followed.values()) {
        const at = one.open[0]?.at ?? Infinity;
        if (at <= now && at < (first?.open[0]?.at ?? Infinity)) first = one;
        // What is over, and was so before this moment, is looked at again only when it is run again.
        else if (one.open.length === 0 && one.lastAt < now) followed.delete(one.run.id);
      }
      const change = first?.open.shift();
      if (first === undefined || change === undefined) return undefined;
      first.taken.add(keyOf(change));
      return { run: first.run, change };
    },
    nextAt() {
      return Math.min(...Array.from(followed.values(), ({ open }) => open[0]?.at ?? Infinity));
    },
    clear() {
      followed.clear();
    },
  };
}

function keyOf(change: Change): string {
  const id = change.event === "workflow_job" ? change.jobId : "run";
  return `${change.attempt} ${id} ${change.action}`;
}
