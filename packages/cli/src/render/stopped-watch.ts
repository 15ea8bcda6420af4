import type { WorkflowRun } from "@workflow-runs/core";
import { OutageError, WaitTimeoutError, type WatchError } from "@workflow-runs/watch";
import { duration } from "../terminal/duration.ts";
import { stateWord } from "../terminal/state.ts";

/** Why a watch stopped before its run; undefined for other errors. The library's words are about its own options. */
export function stoppedWatch(error: Error): string | undefined {
  if (error instanceof WaitTimeoutError) {
    return `Waited ${duration(error.timeout)}, and ${seen(error)}. Wait longer with a larger --timeout.`;
  }
  if (error instanceof OutageError) {
    return `Every request failed for ${duration(error.maxOutage)}, and ${seen(error)}. Is https://www.githubstatus.com well? The same command takes the watch up again.`;
  }
  return undefined;
}

function seen({ run, runs, cause }: WatchError): string {
  // A request that ran into the end of the wait says nothing about GitHub.
  const failed = cause instanceof Error && cause.name !== "TimeoutError";
  const last = failed ? ` (the last request: ${cause.message.replace(/\.$/, "")})` : "";
  if (runs === undefined) return `no request succeeded${last}`;
  if (run === undefined) return `${seenOf(runs)}${last}`;
  return `run ${run.id}, attempt ${run.run_attempt ?? 1}, was last seen ${stateWord(run)}; it goes on${last}`;
}

function seenOf(runs: readonly WorkflowRun[]): string {
  if (runs.length === 0) return "no run has appeared";
  const open = runs.filter(({ status }) => status !== "completed");
  return open.length === 0
    ? `all ${runs.length} runs were last seen completed`
    : `${open.length} of ${runs.length} runs were last seen open; they go on`;
}
