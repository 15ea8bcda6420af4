import type { WorkflowRun } from "@workflow-runs/core";
import { checkOptions, kinds, type OptionKind } from "@workflow-runs/core/support";
import { type BlockedOptions, blockedOptions, handleBlocked } from "../run/blocked.ts";
import { conclusionOf, type RunsConclusion } from "./conclusion-of.ts";
import { checkQuery, type RunsClient, type RunsQueryOf } from "./run-query.ts";
import {
  type RunsChange,
  watchRuns,
  watchRunsOptions,
  type WatchRunsOptions,
} from "./watch-runs.ts";

/** Options of `waitForRuns`. */
export interface WaitForRunsOptions extends WatchRunsOptions, BlockedOptions {
  /** Called at each new run and each change of one. */
  onChange?: ((change: RunsChange) => void) | undefined;
}

/** What `waitForRuns` resolves to. */
export interface WaitForRunsResult {
  /** All runs, in the order in which they appeared. */
  runs: readonly WorkflowRun[];
  /** `failure` if one failed, else `cancelled` if one was, else `success`. */
  conclusion: RunsConclusion;
}

const waitForRunsOptions: Readonly<Record<keyof WaitForRunsOptions, OptionKind>> = {
  ...watchRunsOptions,
  ...blockedOptions,
  onChange: kinds.callback,
};

/**
 * Waits for the runs of a commit (or a branch, an event, a workflow) to appear and to end, as `watchRuns` watches them.
 *
 * @example
 * const { conclusion } = await waitForRuns(github, { owner, repo, head_sha }, { timeout: 30 * 60_000 });
 * @throws {RunBlockedError} when a run waits for a person, unless `whenBlocked` or `onBlocked` says otherwise.
 * @throws What `watchRuns` throws.
 */
export async function waitForRuns<C extends RunsClient>(
  client: C,
  query: RunsQueryOf<C>,
  options: WaitForRunsOptions = {},
): Promise<WaitForRunsResult> {
  checkQuery("waitForRuns", client, query);
  checkOptions("waitForRuns", options, waitForRunsOptions);
  const { whenBlocked, onBlocked, onChange, ...watching } = options;
  const { signal } = watching;
  const { owner, repo } = query;
  const changes = watchRuns(client, query, watching);
  try {
    for (;;) {
      const { done, value } = await changes.next();
      if (done === true) return { runs: value.runs, conclusion: conclusionOf(value.runs) };
      onChange?.(value);
      for (const run of value.changed)
        await handleBlocked(
          client,
          run,
          { owner, repo, run_id: run.id },
          { whenBlocked, onBlocked, signal },
        );
    }
  } finally {
    await changes.return(undefined as never);
  }
}
