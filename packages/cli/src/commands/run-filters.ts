import { type Command, Option } from "commander";
import { forwardRange } from "./option-values.ts";

/** The options that narrow a list of runs down, as GitHub's own query parameters. */
export interface RunFilters {
  workflow?: string;
  branch?: string;
  event?: string;
  status?: string;
  actor?: string;
  created?: string;
  commit?: string;
}

/** What GitHub takes as `status`: statuses and conclusions alike. */
export const STATUSES: readonly string[] = [
  "completed",
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "skipped",
  "stale",
  "success",
  "timed_out",
  "in_progress",
  "queued",
  "requested",
  "waiting",
  "pending",
];

/**
 * Adds the filter options to a command.
 *
 * @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export function withRunFilters(command: Command): Command {
  return command
    .option("-w, --workflow <file>", "only this workflow: its file name (ci.yml) or its id")
    .option("-b, --branch <name>", "only runs of this branch")
    .option("-e, --event <name>", "only runs of this event, such as push or pull_request")
    .addOption(
      new Option("-s, --status <status>", "only runs with this status or conclusion").choices(
        STATUSES,
      ),
    )
    .option("-u, --actor <login>", "only runs that this user started")
    .option(
      "--created <range>",
      "only runs created then: 2026-01-01, >=2026-01-01, 2026-01-01..2026-01-31",
      forwardRange,
    )
    .option("-c, --commit <sha>", "only runs of this commit, its full SHA");
}

/** The filters as parameters of `listWorkflowRunsForRepo`. */
export function filterParameters(filters: RunFilters): {
  branch?: string;
  event?: string;
  status?: never;
  actor?: string;
  created?: string;
  head_sha?: string;
} {
  const { branch, event, status, actor, created, commit } = filters;
  return {
    ...(branch !== undefined && { branch }),
    ...(event !== undefined && { event }),
    // Checked against STATUSES when it was read.
    ...(status !== undefined && { status: status as never }),
    ...(actor !== undefined && { actor }),
    ...(created !== undefined && { created }),
    ...(commit !== undefined && { head_sha: commit }),
  };
}
