import type { JobLog, MissingLog } from "@workflow-runs/logs";
import { plain } from "../terminal/plain.ts";
import { stateWord } from "../terminal/state.ts";

const reasons: Readonly<Record<MissingLog, string>> = {
  "lost-runner": "GitHub's storage has none, mostly because its runner was lost",
  "never-began": "it never began",
  deleted: "it was deleted",
  expired: "it has expired",
  "not-stored-yet": "GitHub has not stored it yet",
};

/** Why a job has no log, in one line; undefined when it has one, or is not known to have none. */
export function missingLog({
  name,
  api,
  missing,
}: Pick<JobLog, "name" | "api" | "missing">): string | undefined {
  if (missing === undefined) return undefined;
  const lost = api?.steps?.find(({ status }) => status === "in_progress");
  const why =
    missing === "lost-runner" && lost
      ? `its runner was lost in step ${lost.number}, ${plain(lost.name)}`
      : reasons[missing];
  const state = api === undefined ? "" : ` (${stateWord(api)})`;
  const id = api === undefined ? "" : ` ${api.id}`;
  return `Job${id}, ${plain(name)}${state}, has no log: ${why}.`;
}
