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

/**
 * Every attempt of a run, the newest first: one request each, but for the newest of a run that is passed whole. Attempts
 * that are deleted are left out. GitHub lists only the newest attempt of a run.
 *
 * @throws {NotFoundError} when the run itself is not there
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
      : { owner: run.repository.owner.login, repo: run.repository.name, run_id: run.id };
  const parameters = where as { owner: string; repo: string; run_id: number };
  const newest = "run_id" in run ? await client.getWorkflowRun(parameters, options) : run;
  yield newest;
  for (let attempt_number = (newest.run_attempt ?? 1) - 1; attempt_number > 0; attempt_number--) {
    const attempt = await attemptOf(client, { ...parameters, attempt_number }, options);
    if (attempt) yield attempt;
  }
}

/** One attempt of a run; undefined when it is deleted. */
export async function attemptOf(
  client: Client,
  parameters: { owner: string; repo: string; run_id: number; attempt_number: number },
  { signal }: AttemptsOptions,
): Promise<WorkflowRun | undefined> {
  try {
    return await client.getWorkflowRunAttempt(parameters, { signal });
  } catch (error) {
    if ((error as { status?: number } | undefined)?.status === 404) return undefined;
    throw error;
  }
}
