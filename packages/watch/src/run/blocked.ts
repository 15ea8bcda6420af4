import type { CallOptions, Client, PendingDeployment, WorkflowRun } from "@workflow-runs/core";
import { kinds, type OptionKind, oneOf, ParameterError } from "@workflow-runs/core/support";
import { RunBlockedError } from "../errors.ts";
import type { BoundRunParameters, RunParameters } from "../options.ts";
import { isBlocked } from "../run-state.ts";

/** The part of core's client that approving needs. */
export type ApprovalClient = Pick<
  Client,
  "getPendingDeploymentsForRun" | "reviewPendingDeploymentsForRun" | "approveWorkflowRun"
>;

/** What a blocked run waits for, and the way to let it go on. */
export interface Blocked {
  /** The deployments that wait for a review; empty for a fork's run that needs approval, and for other protection rules. */
  readonly deployments: readonly PendingDeployment[];
  /**
   * Approves: the fork's run, or the deployments that the token's user may approve. Resolves to how many deployments
   * (or the one run) were approved; 0 when there is nothing that this user may approve.
   *
   * @throws What the client throws, an `AuthenticationError` for a token that may not review.
   */
  readonly approve: (review?: Review) => Promise<number>;
}

/** A review of pending deployments. */
export interface Review {
  /** Names of the environments. @default all that the token's user may approve */
  readonly environments?: readonly string[] | undefined;
  /** The comment that GitHub shows with the review. @default "" */
  readonly comment?: string | undefined;
}

/** Options of what waits, for runs that need a person. */
export interface BlockedOptions {
  /**
   * What to do when a run waits for a person: a deployment review, or the approval of a fork's pull request.
   * `"throw"` a `RunBlockedError`, so that nobody waits for ever without a word, or `"wait"` until somebody acts.
   * Wait timers and other protection rules show as `waiting` too.
   * @default "throw", or "wait" with `onBlocked`
   */
  whenBlocked?: "throw" | "wait" | undefined;
  /**
   * Called each time a run begins to wait for a person; what it returns is awaited, then the wait goes on. It may
   * approve: `onBlocked: (run, { approve }) => approve({ environments: ["staging"] })`.
   */
  onBlocked?: ((run: WorkflowRun, blocked: Blocked) => unknown) | undefined;
}

/** What each of these options may be. */
export const blockedOptions: Readonly<Record<keyof BlockedOptions, OptionKind>> = {
  whenBlocked: oneOf("throw", "wait"),
  onBlocked: kinds.callback,
};

/**
 * Does what the options say when a run begins to wait for a person.
 *
 * @throws {RunBlockedError} unless the wait goes on
 */
export async function handleBlocked(
  client: object,
  run: WorkflowRun,
  parameters: BoundRunParameters,
  { whenBlocked, onBlocked, signal }: BlockedOptions & { signal?: AbortSignal | undefined },
): Promise<void> {
  if (!isBlocked(run)) return;
  if (onBlocked !== undefined) {
    if (!canApprove(client))
      throw new ParameterError(
        "onBlocked: the client has no getPendingDeploymentsForRun, reviewPendingDeploymentsForRun and " +
          "approveWorkflowRun; pass core's client, or leave `onBlocked` out.",
        { parameter: "onBlocked" },
      );
    await onBlocked(run, await blockedBy(client, run, parameters, { signal }));
  }
  if ((whenBlocked ?? (onBlocked === undefined ? "throw" : "wait")) === "throw")
    throw new RunBlockedError(run);
}

function canApprove(client: object): client is ApprovalClient {
  return "getPendingDeploymentsForRun" in client && "reviewPendingDeploymentsForRun" in client;
}

async function blockedBy(
  client: ApprovalClient,
  run: WorkflowRun,
  parameters: BoundRunParameters,
  options: CallOptions,
): Promise<Blocked> {
  // What is left out, the client is bound to and fills in.
  const where = parameters as RunParameters;
  const deployments =
    run.status === "waiting" ? await client.getPendingDeploymentsForRun(where, options) : [];
  return {
    deployments,
    approve: async ({ environments, comment = "" } = {}) => {
      if (run.status !== "waiting") {
        await client.approveWorkflowRun(where, options);
        return 1;
      }
      const environment_ids = reviewable(deployments, environments);
      if (environment_ids.length === 0) return 0;
      await client.reviewPendingDeploymentsForRun(
        { ...where, environment_ids, state: "approved", comment },
        options,
      );
      return environment_ids.length;
    },
  };
}

/** Ids of the environments to approve. */
function reviewable(
  deployments: readonly PendingDeployment[],
  names: readonly string[] | undefined,
): number[] {
  for (const name of names ?? [])
    if (!deployments.some(({ environment }) => environment.name === name))
      throw new ParameterError(
        `approve: no deployment to environment ${JSON.stringify(name)} is pending. ` +
          `Pending: ${deployments.map(({ environment }) => environment.name).join(", ") || "none"}.`,
        { parameter: "environments" },
      );
  return deployments
    .filter(({ environment, current_user_can_approve }) =>
      names === undefined ? current_user_can_approve : names.includes(environment.name ?? ""),
    )
    .flatMap(({ environment }) => environment.id ?? []);
}
