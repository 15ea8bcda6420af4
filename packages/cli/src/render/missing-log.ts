import type { Job } from "@workflow-runs/core";
import type { JobLog, MissingLog } from "@workflow-runs/logs";
import { plain } from "../terminal/plain.ts";
import { stateWord } from "../terminal/state.ts";

const reasons: Readonly<Record<MissingLog, string>> = {
  "lost-runner": "its runner was lost",
  "never-began": "it never began",
  deleted: "it was deleted",
  expired: "it has expired",
  "not-stored-yet": "GitHub has not stored it yet",
};

/** Why a job has no log, in one line; undefined when it has one, or is not known to have none. */
export function missingLog({ name, api, missing }: JobLog): string | undefined {
  if (missing === undefined) return undefined;
  const lost = api?.steps?.find(({ status }) => status === "in_progress");
  const where =
    missing === "lost-runner" && lost ? ` in step ${lost.number}, ${plain(lost.name)}` : "";
  const state = api === undefined ? "" : ` (${stateWord(api)})`;
  const id = api === undefined ? "" : ` ${api.id}`;
  return `Job${id}, ${plain(name)}${state}, has no log: ${reasons[missing]}${where}.`;
}

/** The same of a job whose log GitHub refused with 404 or 410. */
export function refusedLog(job: Job): string {
  const lost = job.steps?.find(({ status }) => status === "in_progress");
  const began = job.steps?.length !== 0;
  const why = lost
    ? `its runner was lost in step ${lost.number}, ${plain(lost.name)}`
    : began
      ? "GitHub has none, or none any more"
      : "it never began";
  return `Job ${job.id}, ${plain(job.name)} (${stateWord(job)}), has no log: ${why}.`;
}
