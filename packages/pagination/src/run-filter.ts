import type { WorkflowRun } from "@workflow-runs/core";
import { createdIn, type CreatedRange } from "./created-range.ts";
import { PaginationError } from "./errors.ts";
import { searchParameters } from "./limits.ts";

const equal = (a: string | number | null | undefined, b: unknown): boolean =>
  `${a ?? ""}`.toLowerCase() === String(b).toLowerCase();

const filters: Readonly<Record<string, (run: WorkflowRun, value: unknown) => boolean>> = {
  actor: ({ actor }, login) => equal(actor?.login, login),
  branch: ({ head_branch }, branch) => head_branch === branch,
  check_suite_id: ({ check_suite_id }, id) => equal(check_suite_id, id),
  event: ({ event }, name) => event === name,
  head_sha: ({ head_sha }, sha) => equal(head_sha, sha),
  // GitHub's `status` is a status or a conclusion.
  status: ({ status, conclusion }, word) => status === word || conclusion === word,
};

/**
 * The filters of GitHub's search, as a function of a run.
 *
 * @param parameters `actor`, `branch`, `check_suite_id`, `event`, `head_sha`, `status`; others are no filters
 * @param range the parameter `created`
 * @returns undefined when nothing is filtered
 */
export function runFilter(
  parameters: Readonly<Record<string, unknown>>,
  { from = -Infinity, to = Infinity }: CreatedRange,
): ((run: object) => boolean) | undefined {
  const active = searchParameters.filter((name) => parameters[name] !== undefined);
  if (active.length === 0) return undefined;
  return (run) =>
    active.every((name) => {
      if (name !== "created") return filters[name]?.(run as WorkflowRun, parameters[name]);
      const second = createdIn(run);
      if (Number.isNaN(second))
        throw new PaginationError(
          `run ${(run as WorkflowRun).id} has no created_at that can be read, and \`created\` cannot be applied. Leave \`created\` out.`,
        );
      return from <= second && second <= to;
    });
}
