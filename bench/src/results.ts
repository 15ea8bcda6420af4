// What `--write` makes of the measurements: RESULTS.md, a chart per contest, and the tables of the READMEs. Pure.
import { median } from "./median.ts";
import { type Claim, holds, limitOf, type Measurement, type Result, round } from "./claim.ts";

/** All that `results.json` holds. */
export interface Results {
  /** What each topic was measured on, by its name: not all are measured at once. */
  readonly machines: Readonly<Record<string, Machine>>;
  readonly results: readonly Result[];
}

/** What the results were measured on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  /** The day, as `2026-11-28`. */
  readonly date: string;
  /** How often each benchmark ran. */
  readonly runs: number;
}

/** What one contender of a contest reached: the median of the runs, the least and the most. */
export interface Row {
  readonly contender: string;
  readonly unit: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A claim with the median of its runs. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly row: Row;
  readonly holds: boolean;
}

/** The topics, in the order they were measured. */
export function topicsOf({ results }: Results): string[] {
  return [...new Set(results.map(({ topic }) => topic))];
}

/** The contests of a topic with their rows. */
export function contestsOf({ results }: Results, topic: string): Map<string, Row[]> {
  const measurements = results
    .filter((result) => result.topic === topic)
    .flatMap(({ measurement }) => measurement ?? []);
  const contests = grouped(measurements, ({ contest }) => contest);
  return new Map(
    [...contests].map(([contest, rows]) => [
      contest,
      [...grouped(rows, ({ contender }) => contender).values()].map(rowOf),
    ]),
  );
}

/** The claims of a topic, judged by the median of their runs. */
export function claimsOf({ results }: Results, topic: string): JudgedClaim[] {
  const claims = results.filter((result) => result.topic === topic).flatMap((r) => r.claim ?? []);
  return [...grouped(claims, ({ what }) => what).values()].map((runs) => {
    const [claim] = runs as [Claim, ...Claim[]];
    const unit = claim.unit ?? "×";
    const row = rowOf(
      runs.map(({ value }) => ({ contest: "", contender: claim.what, value, unit })),
    );
    return { claim, row, holds: holds(claim, row.median) };
  });
}

/** `RESULTS.md`: each claim and each contest with the median of its runs and their spread. */
export function resultsPage(results: Results): string {
  const lines = [
    "# Results",
    "",
    "Written by `npx -y pnpm@12 bench --write`, not by hand. Each value is the median of some runs, with the least " +
      "and the most beside it. Ours and the rival's are measured in the same run. A README claims only what stands here.",
    "",
  ];
  for (const topic of topicsOf(results)) {
    lines.push(
      `## ${topic}`,
      "",
      `${measuredOn(results, topic)}.`,
      "",
      ...claimsTable(results, topic),
      "",
    );
    for (const [contest, rows] of contestsOf(results, topic)) {
      const chart = `![${contest}](${chartFile(topic, contest)})`;
      lines.push(`### ${contest}`, "", chart, "", ...rowsTable(rows), "");
    }
  }
  return lines.join("\n");
}

/** One table of some contests of a topic, a column for each, as a README shows it. */
export function contestsTable(
  results: Results,
  topic: string,
  contests: readonly string[],
): string {
  const measured = contestsOf(results, topic);
  const columns = contests.map((contest) => {
    const rows = measured.get(contest);
    if (rows !== undefined) return new Map(rows.map((row) => [row.contender, row]));
    const known = [...measured.keys()].map((name) => JSON.stringify(name)).join(", ");
    throw new Error(
      `bench/results.json has no contest ${JSON.stringify(contest)} of ${topic}: ${known}`,
    );
  });
  const contenders = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const cell = (row: Row | undefined): string =>
    row === undefined ? "" : `${round(row.median)} ${row.unit}`;
  return [
    `| | ${contests.join(" | ")} |`,
    `| --- |${" ---: |".repeat(contests.length)}`,
    ...contenders.map(
      (name) => `| ${name} | ${columns.map((column) => cell(column.get(name))).join(" | ")} |`,
    ),
    "",
    `${measuredOn(results, topic)}: [all results](https://github.com/workflow-runs/workflow-runs/blob/main/bench/RESULTS.md).`,
  ].join("\n");
}

/** Where the tables of a README stand: `<!-- results: TOPIC / CONTEST · CONTEST -->` … `<!-- end of results -->`. */
const block = /(<!-- results: (\S+) \/ (.+?) -->\n).*?(<!-- end of results -->)/gs;

/** A README with its tables as the results are. */
export function withResults(readme: string, results: Results): string {
  return readme.replaceAll(
    block,
    (_all, start: string, topic: string, contests: string, end: string) =>
      `${start}\n${contestsTable(results, topic, contests.split(" · "))}\n\n${end}`,
  );
}

/** A README without what was measured for it. */
export function withoutResults(readme: string): string {
  return readme.replaceAll(block, "");
}

/** The file of a contest's chart, beside RESULTS.md. */
export function chartFile(topic: string, contest: string): string {
  const name = `${topic}-${contest}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `charts/${name.replaceAll(/^-|-$/g, "")}.svg`;
}

function measuredOn({ machines }: Results, topic: string): string {
  const { node, cpu, date, runs } = machines[topic] as Machine;
  return `Medians of ${runs} runs, Node ${node}, ${cpu}, ${date}`;
}

function claimsTable(results: Results, topic: string): string[] {
  const rows = claimsOf(results, topic).map(
    ({ claim, row: { median, least, most, unit }, holds: kept }) =>
      `| ${cell(claim.what)} | ${round(median)} ${unit} | ${round(least)} to ${round(most)} | ${limitOf(claim)} | ${kept ? "holds" : "**fails**"} |`,
  );
  return ["| claim | median | spread | limit | |", "| --- | --- | --- | --- | --- |", ...rows];
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}

function rowsTable(rows: readonly Row[]): string[] {
  const lines = rows.map(
    ({ contender, median, least, most, unit }) =>
      `| ${cell(contender)} | ${round(median)} ${unit} | ${round(least)} to ${round(most)} |`,
  );
  return ["| | median | spread |", "| --- | --- | --- |", ...lines];
}

function rowOf(runs: readonly Measurement[]): Row {
  const values = runs.map(({ value }) => value);
  const [{ contender, unit }] = runs as [Measurement, ...Measurement[]];
  return {
    contender,
    unit,
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
