import type { Suspect } from "../stats/index.ts";
import { countOf } from "../terminal/count.ts";
import { plain } from "../terminal/plain.ts";
import { tabSeparated } from "../terminal/table.ts";
import { wrapWords } from "../terminal/text-width.ts";
import type { View } from "./view.ts";

const conclusions: Readonly<Record<Suspect["likely"], string>> = {
  mine: "It looks like your change.",
  flaky: "It looks flaky, not like your change.",
  broken: "It is broken there too, so it does not look like your change.",
  seen: "It happened before, so it may not be your change.",
  unknown: "The job did not run there, so there is nothing to compare.",
};

/** A paragraph for each failing job: how often it failed like that elsewhere, and what that says. */
export function suspectLines(suspects: readonly Suspect[], branch: string, view: View): string[] {
  if (view.pipe) {
    return tabSeparated(suspects, [
      { title: "", text: ({ likely }) => likely },
      { title: "", text: ({ failures }) => String(failures) },
      { title: "", text: ({ executions }) => String(executions) },
      { title: "", text: ({ flakes }) => String(flakes) },
      { title: "", text: ({ job }) => plain(job) },
      { title: "", text: ({ step }) => plain(step ?? "") },
      { title: "", text: ({ job_id }) => String(job_id) },
    ]);
  }
  const { colors, width } = view;
  return suspects.flatMap((suspect, index) => {
    const { job, step, executions, failures, flakes, last_run_id, likely } = suspect;
    const heading = `✗ ${plain(job)}${step === null ? "" : ` › ${plain(step)}`}`;
    const where = `in the last ${countOf(executions, "execution")} on ${plain(branch)}`;
    const facts =
      executions === 0
        ? ""
        : failures === 0
          ? `It never failed like that ${where}. `
          : `It failed like that ${failures === 1 ? "once" : `${failures} times`} ${where}${flakes > 0 ? `, and ${flakes === 1 ? "once" : `${flakes} times`} passed on the same commit` : ""}; last in run ${last_run_id}. `;
    return [
      ...(index > 0 ? [""] : []),
      colors.red(heading),
      ...wrapWords(facts + conclusions[likely], width === undefined ? undefined : width - 2).map(
        (line) => `  ${line}`,
      ),
    ];
  });
}
