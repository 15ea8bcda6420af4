import { type Command, Option } from "commander";
import { UsageError } from "../stop-reasons.ts";
import { forwardRange, lookBack, name } from "./option-values.ts";

/** The options that narrow a list of runs down, most of them GitHub's own query parameters. */
export interface RunFilters {
  workflow?: string;
  branch?: string;
  event?: string;
  status?: string;
  actor?: string;
  created?: string;
  /** Milliseconds to look back. */
  since?: number;
  commit?: string;
}

/** What GitHub takes as `status`: statuses and conclusions alike. */
export const statuses: readonly string[] = [
  "completed",
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "skipped",
  "stale",
  "startup_failure",
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
    .option(
      "-w, --workflow <name>",
      "only this workflow: its name, its file (ci.yml) or its id",
      name,
    )
    .option("-b, --branch <name>", "only runs of this branch", name)
    .option("-e, --event <name>", "only runs of this event, such as push or pull_request", name)
    .addOption(
      new Option("-s, --status <status>", "only runs with this status or conclusion").choices(
        statuses,
      ),
    )
    .option("-u, --actor <login>", "only runs that this user started", name)
    .option(
      "--created <range>",
      "only runs created then: 2026-01-01, >=2026-01-01, 2026-01-01..2026-01-31",
      forwardRange,
    )
    .option("--since <time>", "only runs created in the last 12h, 30d, 8w", lookBack)
    .option(
      "-c, --commit <sha>",
      "only runs of this commit: its SHA, also a short one, or HEAD",
      name,
    );
}

/** The filters as parameters of `listWorkflowRunsForRepo`; `workflow` and `commit` are still to be looked up. */
export function filterParameters(
  { branch, event, status, actor, created, since }: RunFilters,
  now: number,
): {
  branch?: string;
  event?: string;
  status?: never;
  actor?: string;
  created?: string;
} {
  if (since !== undefined && created !== undefined) {
    throw new UsageError("--since and --created cannot be used together; leave one out.");
  }
  const from = since === undefined ? undefined : new Date(now - since).toISOString();
  const range = from === undefined ? created : `>=${from.slice(0, 19)}Z`;
  return {
    ...(branch !== undefined && { branch }),
    ...(event !== undefined && { event }),
    // One of `statuses`; GitHub takes one that its description does not list.
    ...(status !== undefined && { status: status as never }),
    ...(actor !== undefined && { actor }),
    ...(range !== undefined && { created: range }),
  };
}
