import { ParameterError, type WorkflowRun } from "@workflow-runs/core";
import { paginate, type PaginateOptions } from "@workflow-runs/pagination";
import type { Session, OpenTarget } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { findWorkflow, withWorkflow } from "../target/find-workflow.ts";
import { commitSha } from "../target/resolve-run.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import { filterParameters, type RunFilters } from "./run-filters.ts";

/**
 * The newest runs that pass the filters, at most `limit`; on a terminal it says how far it is.
 *
 * @throws {UsageError} when a filter is not what GitHub takes
 */
export async function listRuns(
  { context }: Session,
  target: OpenTarget,
  filters: RunFilters,
  limit: number,
): Promise<WorkflowRun[]> {
  const { github, owner, repo } = target;
  const status = createStatusLine(context.stderr);
  const options: PaginateOptions = {
    signal: context.signal,
    onProgress: ({ items, totalCount }) => {
      // Drawing is not worth waiting for.
      status.show(`Reading runs ${items}/${Math.min(limit, totalCount.count)}`).catch(() => {});
    },
  };
  const { workflow, commit } = filters;
  const parameters = { owner, repo, ...filterParameters(filters, context.now()) };
  try {
    const head_sha =
      commit === undefined
        ? {}
        : { head_sha: await commitSha({ ...target, context, changes: false }, commit) };
    const query = { ...parameters, ...head_sha };
    if (workflow === undefined)
      return await paginate(github, "listWorkflowRunsForRepo", query, options).take(limit);
    const { signal } = context;
    const workflow_id = await findWorkflow(github, target, workflow, signal);
    return await withWorkflow(github, target, workflow_id, signal, async () =>
      paginate(github, "listWorkflowRuns", { ...query, workflow_id }, options).take(limit),
    );
  } catch (error) {
    // The parameter and the option have one name.
    if (error instanceof ParameterError)
      throw new UsageError(error.message.replace(/^paginate: /, "--"));
    throw error;
  } finally {
    await status.clear().catch(() => {});
  }
}
