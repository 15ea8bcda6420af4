import type {
  components,
  EnvironmentApproval,
  PendingDeployment,
} from "@workflow-runs/openapi-types";
import { problem, type Reply } from "../responses/reply.ts";
import { deploymentBody } from "../responses/deployment.ts";
import { nodeId } from "../responses/node-id.ts";
import { isoDate, type FakeUrls } from "../responses/urls.ts";
import { userBody } from "../responses/user.ts";
import { pendingEnvironments } from "../rules/pending.ts";
import type { EnvironmentRecord, RepositoryRecord, RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findRun, notFound, refuse, stateOf } from "./found.ts";

const latest = (run: RunRecord): RunRecord["attempts"][number] =>
  run.attempts.at(-1) as RunRecord["attempts"][number];

/** `actions/get-pending-deployments-for-run` */
export function getPendingDeploymentsForRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const body: PendingDeployment[] = pendingEnvironments(
    stateOf(call, run),
    call.repository.environments,
    call.now,
  ).map(({ environment, since }) => ({
    environment: environmentBody(environment, call.repository, call.urls),
    wait_timer: environment.waitTimer,
    wait_timer_started_at: environment.waitTimer > 0 ? isoDate(since) : null,
    current_user_can_approve: canReview(environment, call.caller.login),
    reviewers: environment.reviewers.map((login) => ({
      type: "User" as const,
      reviewer: userBody(login, call.urls),
    })),
  }));
  return { status: 200, body };
}

/** `actions/review-pending-deployments-for-run` */
export function reviewPendingDeploymentsForRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const { environment_ids, state, comment } = call.body as {
    environment_ids: number[];
    state: "approved" | "rejected";
    comment: string;
  };
  // What waits for somebody else is as good as not pending.
  const pending = pendingEnvironments(
    stateOf(call, run),
    call.repository.environments,
    call.now,
  ).filter(({ environment }) => canReview(environment, call.caller.login));
  const environments = environment_ids.flatMap(
    (id) => pending.find(({ environment }) => environment.id === id)?.environment ?? [],
  );
  if (environments.length === 0 || environments.length < environment_ids.length) {
    const reason = "No pending deployment requests to approve or reject";
    return problem(422, "Validation Failed", call.route.documentationUrl, reason);
  }
  for (const environment of environments) {
    latest(run).reviews.push({
      at: call.now,
      environment: environment.name,
      state,
      by: call.caller.login,
      comment,
      fromRule: false,
    });
  }
  call.store.keep(run);
  const body = environments.map((environment) =>
    deploymentBody(environment, run, run.attempts.length, call.repository, call.urls, call.now),
  );
  return { status: 200, body };
}

/** `actions/review-custom-gates-for-run`: an App's word on an environment, or a comment of it only. */
export function reviewCustomGatesForRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const { environment_name, state, comment } = call.body as {
    environment_name: string;
    state?: "approved" | "rejected";
    comment?: string;
  };
  const pending = pendingEnvironments(stateOf(call, run), call.repository.environments, call.now);
  const environment = pending.find(
    (candidate) => candidate.environment.name === environment_name,
  )?.environment;
  if (environment?.protectionRule !== true) {
    return refuse(call, {
      status: 422,
      message: `No pending custom deployment protection rule for environment '${environment_name}'`,
    });
  }
  latest(run).reviews.push({
    at: call.now,
    environment: environment.name,
    state: state ?? "pending",
    by: call.caller.login,
    comment: comment ?? "",
    fromRule: true,
  });
  call.store.keep(run);
  return { status: 204 };
}

/** `actions/get-reviews-for-run` */
export function getReviewsForRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const body: EnvironmentApproval[] = run.attempts
    .flatMap(({ reviews }) => reviews)
    .filter((review) => !review.fromRule)
    .map((review) => {
      const environment = call.repository.environments.find(
        ({ name }) => name === review.environment,
      );
      return {
        state: review.state,
        comment: review.comment,
        environments:
          environment === undefined
            ? []
            : [
                {
                  ...environmentBody(environment, call.repository, call.urls),
                  created_at: isoDate(environment.createdAt),
                  updated_at: isoDate(environment.createdAt),
                },
              ],
        user: userBody(review.by, call.urls),
      };
    });
  return { status: 200, body };
}

function canReview(environment: EnvironmentRecord, login: string): boolean {
  return environment.reviewers.some((reviewer) => reviewer.toLowerCase() === login.toLowerCase());
}

function environmentBody(
  { id, name }: EnvironmentRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): Required<components["schemas"]["pending-deployment"]["environment"]> {
  const path = `${repository.owner}/${repository.name}`;
  return {
    id,
    node_id: nodeId("Environment", repository.id, id),
    name,
    url: `${urls.api}/repos/${path}/environments/${encodeURIComponent(name)}`,
    html_url: `${urls.html}/${path}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
  };
}
