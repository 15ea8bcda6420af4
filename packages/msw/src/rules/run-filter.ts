import type { RunRecord } from "../state/records.ts";
import { createdRange, type MomentRange } from "./created-range.ts";
import type { RunState } from "./run-state.ts";

/** The filters of a list of runs; those that a query lacks are undefined. */
export interface RunFilter {
  actor?: string;
  branch?: string;
  event?: string;
  headSha?: string;
  checkSuiteId?: number;
  created?: MomentRange;
  status?: string;
}

/** What no date lies in. */
const nothing: MomentRange = { from: Infinity, to: -Infinity };

/** The query parameters after which GitHub stops at 1,000 results. */
export const filterParameters = [
  "actor",
  "branch",
  "check_suite_id",
  "created",
  "event",
  "head_sha",
  "status",
] as const;

/**
 * Reads the filters of a query; an empty one does not count. `invalid` names those that GitHub refuses.
 * A `created` that cannot be read finds nothing, without a word (github/rest-api-description#2542).
 */
export function runFilter(query: URLSearchParams): { filter: RunFilter; invalid: string[] } {
  const sent = (name: (typeof filterParameters)[number]): string | undefined =>
    query.get(name) || undefined;
  const invalid: string[] = [];
  const createdText = sent("created");
  const created = createdText === undefined ? undefined : (createdRange(createdText) ?? nothing);
  const suiteText = sent("check_suite_id");
  const checkSuiteId = suiteText === undefined ? undefined : Number(suiteText);
  if (checkSuiteId !== undefined && !Number.isSafeInteger(checkSuiteId))
    invalid.push("check_suite_id");
  const actor = sent("actor");
  const branch = sent("branch");
  const event = sent("event");
  const headSha = sent("head_sha");
  const status = sent("status");
  return {
    invalid,
    filter: {
      ...(actor === undefined ? {} : { actor: actor.toLowerCase() }),
      ...(branch === undefined ? {} : { branch }),
      ...(event === undefined ? {} : { event }),
      ...(headSha === undefined ? {} : { headSha: headSha.toLowerCase() }),
      ...(checkSuiteId === undefined ? {} : { checkSuiteId }),
      ...(created === undefined ? {} : { created }),
      ...(status === undefined ? {} : { status }),
    },
  };
}

/** Whether a list with these filters is cut at 1,000 results. */
export function isFiltered(filter: RunFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** Whether a run passes everything but `created` and `status`. */
export function matchesRecord(run: RunRecord, filter: RunFilter): boolean {
  return (
    (filter.actor === undefined || run.actor.toLowerCase() === filter.actor) &&
    (filter.branch === undefined || run.branch === filter.branch) &&
    (filter.event === undefined || run.event === filter.event) &&
    (filter.headSha === undefined || run.headSha === filter.headSha) &&
    (filter.checkSuiteId === undefined || run.checkSuiteId === filter.checkSuiteId)
  );
}

/** Whether a run's status or conclusion is the filter's. */
export function matchesStatus(
  state: Pick<RunState, "status" | "conclusion">,
  { status }: RunFilter,
): boolean {
  return status === undefined || state.status === status || state.conclusion === status;
}
