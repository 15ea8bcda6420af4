// Why a step failed: the share of excerpts that hold the reason, and how long they are, beside what people do without
// it. The failing steps are made by real tools, and the reason of each is named by hand:
// packages/logs/test/failing-steps/cases; record.ts beside it records them anew.
import { explain, type LogLine, openRunLogs } from "@workflow-runs/logs";
import { archiveOfSteps, recordedSteps } from "../../packages/logs/test/failing-steps/archive.ts";
import { claim, measured } from "./claim.ts";

const steps = recordedSteps();
const logs = await openRunLogs(archiveOfSteps(steps));
const { failures } = await explain(logs);

const whole = new Map<string, LogLine[]>();
for (const { job, step } of failures) {
  const lines: LogLine[] = [];
  for await (const line of step!.lines()) lines.push(line);
  whole.set(job.name, lines);
}

const ways: Readonly<
  Record<string, (name: string, lines: readonly LogLine[]) => readonly LogLine[]>
> = {
  "explain()": (name) => failures.find(({ job }) => job.name === name)?.lines ?? [],
  "10 lines before each error": (_name, lines) =>
    lines.filter((_line, index) =>
      lines.slice(index, index + 11).some(({ level }) => level === "error"),
    ),
  "tail 100": (_name, lines) => lines.slice(-100),
  "tail 500": (_name, lines) => lines.slice(-500),
  "whole step": (_name, lines) => lines,
};

console.log(`${steps.length} failing steps`);
for (const [way, take] of Object.entries(ways)) {
  const shown = steps.map(({ name, reason }) => {
    const lines = take(name, whole.get(name) ?? []);
    const text = lines.map((line) => line.text).join("\n");
    return {
      found: reason.every((part) => text.includes(part)),
      lines: lines.length,
      characters: text.length,
    };
  });
  const share = (100 * shown.filter(({ found }) => found).length) / shown.length;
  const [lines, characters] = [
    shown.map((each) => each.lines),
    shown.map((each) => each.characters),
  ];
  const contender = way === "explain()" ? "@workflow-runs/logs, explain()" : way;
  const show = (contest: string, value: number, unit: string): void =>
    measured({ contest, contender, value, unit });
  show("reason shown", share, "%");
  show("lines, median", at(lines, 0.5), "lines");
  show("lines, p90", at(lines, 0.9), "lines");
  show("characters, median", at(characters, 0.5), "characters");
  show("characters, p90", at(characters, 0.9), "characters");
  if (way !== "explain()") continue;
  claim({ what: "the reason stands in the excerpt", value: share, unit: "%", atLeast: 95 });
  claim({ what: "lines of an excerpt, median", value: at(lines, 0.5), unit: "lines", atMost: 20 });
  claim({ what: "lines of an excerpt, p90", value: at(lines, 0.9), unit: "lines", atMost: 60 });
}

function at(values: readonly number[], part: number): number {
  return (
    values.toSorted((a, b) => a - b)[
      Math.min(values.length - 1, Math.floor(values.length * part))
    ] ?? 0
  );
}
