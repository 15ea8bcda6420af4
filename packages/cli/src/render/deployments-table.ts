import type { EnvironmentApproval, PendingDeployment, WorkflowRun } from "@workflow-runs/core";
import { type Column, rowLines } from "../terminal/table.ts";
import { plain } from "../terminal/plain.ts";
import { wrapWords } from "../terminal/text-width.ts";
import type { View } from "./view.ts";

interface Row {
  environment: string;
  state: string;
  who: string;
  note: string;
}

/** The deployments that wait, and the reviews so far, as one table. */
export function deploymentLines(
  run: WorkflowRun,
  pending: readonly PendingDeployment[],
  reviews: readonly EnvironmentApproval[],
  view: View,
): string[] {
  const { colors } = view;
  const rows: Row[] = [
    ...pending.map((deployment) => ({
      environment: plain(deployment.environment.name ?? ""),
      state: "waiting",
      who: reviewersOf(deployment).join(", "),
      note: [
        deployment.wait_timer > 0 ? `timer ${deployment.wait_timer}m` : "",
        deployment.current_user_can_approve ? "you can approve" : "",
      ]
        .filter(Boolean)
        .join(", "),
    })),
    ...reviews.flatMap(({ environments, state, user, comment }) =>
      environments.map(({ name = "" }) => ({
        environment: plain(name),
        state,
        who: plain(user.login),
        note: plain(comment),
      })),
    ),
  ];
  if (rows.length === 0)
    return wrapWords(`Run ${run.id} waits for no deployment, and has had no review.`, view.width);
  const columns: Column<Row>[] = [
    { title: "ENVIRONMENT", text: ({ environment }) => environment, min: 8, color: colors.bold },
    {
      title: "STATE",
      text: ({ state }) => state,
      color: (text, { state }) => stateOf(state, colors)(text),
    },
    { title: "WHO", text: ({ who }) => who, min: 6, priority: 1 },
    { title: "NOTE", text: ({ note }) => note, min: 10, priority: 2, color: colors.dim },
  ];
  return rowLines(rows, columns, view);
}

/** The logins and team names that may review. */
export function reviewersOf({ reviewers }: PendingDeployment): string[] {
  return reviewers.flatMap(({ reviewer }) => {
    if (reviewer === undefined) return [];
    return [plain("login" in reviewer ? reviewer.login : reviewer.name)];
  });
}

function stateOf(state: string, colors: View["colors"]): (text: string) => string {
  if (state === "approved") return colors.green;
  return state === "rejected" ? colors.red : colors.yellow;
}
