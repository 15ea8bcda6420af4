import type { WorkflowRun } from "@workflow-runs/core";

/** What several runs came to together. */
export type RunsConclusion = "success" | "failure" | "cancelled";

const passed = new Set(["success", "neutral", "skipped"]);

/**
 * One conclusion for several finished runs: `failure` if one failed (or timed out, did not start, became stale),
 * else `cancelled` if one was cancelled, else `success`, which neutral and skipped runs do not spoil.
 */
export function conclusionOf(runs: readonly Pick<WorkflowRun, "conclusion">[]): RunsConclusion {
  const rest = runs.filter(({ conclusion }) => !passed.has(conclusion ?? ""));
  if (rest.length === 0) return "success";
  return rest.every(({ conclusion }) => conclusion === "cancelled") ? "cancelled" : "failure";
}
