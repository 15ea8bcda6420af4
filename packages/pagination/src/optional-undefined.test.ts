import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import {
  attemptsOf,
  type AttemptsOptions,
  paginate,
  type PaginateOptions,
  type SyncOptions,
  type SyncParameters,
  syncRuns,
} from "./index.ts";

/** Every property may be `undefined`, also under exactOptionalPropertyTypes. */
type AllUndefined<Options> = { [Name in keyof Required<Options>]: undefined };

const run = { id: 7, run_attempt: 1, status: "completed", created_at: "2026-01-31T12:00:00Z" };
const client = createClient({
  fetch: async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const isList = pathname === "/repos/o/r/actions/runs";
    return Response.json(isList ? { total_count: 1, workflow_runs: [run] } : run);
  },
});
const bound = client.repository("o/r");

test("options and parameters of every function may be undefined, and count as absent", async () => {
  const options: AllUndefined<PaginateOptions> & PaginateOptions = {
    concurrency: undefined,
    from: undefined,
    signal: undefined,
    onProgress: undefined,
    beyondLimit: undefined,
    source: undefined,
  };
  const filters = { status: undefined, created: undefined, per_page: undefined };
  const list = paginate(bound, "listWorkflowRunsForRepo", filters, options);
  expect(await list.toArray()).toHaveLength(1);
  expect(await list.count()).toBe(1);

  const where: AllUndefined<SyncParameters> & SyncParameters = {
    owner: undefined,
    repo: undefined,
    workflow_id: undefined,
    exclude_pull_requests: undefined,
  };
  const rest: AllUndefined<Omit<SyncOptions, "onRuns">> & Omit<SyncOptions, "onRuns"> = {
    state: undefined,
    lookback: undefined,
    since: undefined,
    attempts: undefined,
    concurrency: undefined,
    signal: undefined,
  };
  const ids: number[] = [];
  const onRuns: SyncOptions["onRuns"] = ({ runs }) => void ids.push(...runs.map(({ id }) => id));
  const { state } = await syncRuns(bound, where, { ...rest, onRuns });
  expect(ids).toEqual([7]);
  // The same list, whether a parameter is undefined or absent.
  await syncRuns(bound, {}, { state, onRuns });

  const signal: AllUndefined<AttemptsOptions> & AttemptsOptions = { signal: undefined };
  const attempts = attemptsOf(bound, { owner: undefined, repo: undefined, run_id: 7 }, signal);
  expect(await attempts.next()).toMatchObject({ value: { id: 7 } });
});
