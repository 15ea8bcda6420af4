import type { Job } from "@workflow-runs/core";
import type { Annotation } from "../render/annotation-lines.ts";
import { note } from "../print.ts";
import type { Session, OpenTarget } from "../session.ts";
import { isSuccess } from "../terminal/state.ts";
import { rawGet } from "./raw-get.ts";

/** Of how many jobs the annotations are read at most: each costs a request. */
const jobLimit = 20;

/** What GitHub and the jobs' programs noted at the jobs that did not succeed. Says when it is not that of all of them. */
export async function annotationsOf(
  session: Pick<Session, "context">,
  target: OpenTarget,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<Annotation[]> {
  const failed = jobs.filter((job) => job.status === "completed" && !isSuccess(job));
  if (failed.length > jobLimit)
    await note(
      session,
      `Annotations are shown of the first ${jobLimit} of ${failed.length} jobs that did not succeed.`,
    );
  const lists = await Promise.all(
    failed.slice(0, jobLimit).map(async ({ id, name }) => {
      // A token may read runs and no checks; then there are none to show.
      const data = await rawGet(target, `/check-runs/${id}/annotations?per_page=100`, signal).catch(
        () => signal.throwIfAborted(),
      );
      return Array.isArray(data)
        ? data.map((each: object): Annotation =>
            Object.assign(each as Annotation, { job: name, job_id: id }),
          )
        : [];
    }),
  );
  return lists.flat();
}
