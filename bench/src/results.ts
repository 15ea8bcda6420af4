import { holds, limitOf, type Measured, round } from "./claim.ts";

/** What the results were measured on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly date: string;
  readonly rounds: number;
}

/** `RESULTS.md`: each claim with the median of its runs and their spread. */
export function resultsPage(measured: readonly Measured[], machine: Machine): string {
  const topics = [...new Set(measured.map(({ topic }) => topic))];
  const sections = topics.map((topic) =>
    section(
      topic,
      measured.filter((each) => each.topic === topic),
    ),
  );
  return [
    "# Results",
    "",
    `Written by \`pnpm bench --write\`, not by hand. ${machine.date}, Node ${machine.node}, ${machine.cpu}. ` +
      `Each value is the median of ${machine.rounds} runs, with the least and the most beside it; ours and the rival's ` +
      "are measured in the same run. A README claims only what stands here.",
    "",
    ...sections,
  ].join("\n");
}

function section(topic: string, measured: readonly Measured[]): string {
  const claims = [...new Set(measured.map(({ what }) => what))];
  const rows = claims.map((what) => {
    const runs = measured.filter((each) => each.what === what);
    const values = runs.map(({ value }) => value).toSorted((a, b) => a - b);
    const median = values[Math.floor(values.length / 2)]!;
    const [first] = runs as [Measured, ...Measured[]];
    const spread = `${round(values[0]!)} to ${round(values.at(-1)!)}`;
    const unit = first.unit ?? "×";
    return `| ${what} | ${round(median)} ${unit} | ${spread} | ${limitOf(first)} | ${holds(first, median) ? "holds" : "**fails**"} |`;
  });
  return [
    `## ${topic}`,
    "",
    "| claim | median | spread | limit | |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
