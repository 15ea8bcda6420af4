import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import { checkClient, checkOptions, checkValue, kinds } from "@workflow-runs/core/support";

/** A run, or where to find it. With a client that is bound to its repository, `owner` and `repo` can be left out. */
export type AttemptsOf =
  | WorkflowRun
  | {
      readonly owner?: string | undefined;
      readonly repo?: string | undefined;
      readonly run_id: number;
    };

/** Options of {@link attemptsOf}. */
export interface AttemptsOptions {
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A run of a repository. */
interface RunOf {
  readonly owner: string;
  readonly repo: string;
  readonly run_id: number;
}

/**
 * Every attempt of a run, the newest first: one request each, but for a run that is passed whole, which is taken as its newest
 * attempt. Attempts that are deleted are left out. GitHub lists only the newest attempt of a run.
 *
 * @throws {NotFoundError} when the run is not there, or is deleted meanwhile
 * @see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run-attempt
 */
export async function* attemptsOf(
  github: Client | RepositoryClient,
  run: AttemptsOf,
  options: AttemptsOptions = {},
): AsyncGenerator<WorkflowRun, void, undefined> {
  checkClient("attemptsOf", github, "getWorkflowRunAttempt");
  checkValue("attemptsOf", "run", run, {
    ...kinds.object,
    words: "{ owner, repo, run_id }, or a run of the API",
  });
  checkOptions("attemptsOf", options, { signal: kinds.abortSignal });
  const client = github as Client;
  const where =
    "run_id" in run
      ? run
      : { owner: run.repository?.owner.login, repo: run.repository?.name, run_id: run.id };
  const newest = "run_id" in run ? await client.getWorkflowRun(where as RunOf, options) : run;
  yield newest;
  for (let attempt_number = (newest.run_attempt ?? 1) - 1; attempt_number > 0; attempt_number--) {
    const attempt = await attemptOf(client, where as RunOf, attempt_number, options);
    if (attempt) yield attempt;
  }
}

/**
 * One attempt of a run; undefined when it is deleted. Where a server knows no attempts, the run itself is its only one.
 *
 * @throws {NotFoundError} when the run is not there, or the token cannot see it
 */
export async function attemptOf(
  client: Client,
  run: RunOf,
  attempt_number: number,
  options: AttemptsOptions,
): Promise<WorkflowRun | undefined> {
  try {
    return await client.getWorkflowRunAttempt({ ...run, attempt_number }, options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  // Who may not see the run any more gets 404, too: an attempt is deleted only where the run is there.
  const newest = await client.getWorkflowRun(run, options);
  return (newest.run_attempt ?? 1) === attempt_number ? newest : undefined;
}

/** Whether an error of the client is a 404. */
export function isNotFound(error: unknown): boolean {
  return (error as { status?: number } | undefined)?.status === 404;
}
