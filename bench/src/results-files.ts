import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { chart } from "./chart.ts";
import {
  chartFile,
  contestsOf,
  type Results,
  resultsPage,
  topicsOf,
  withResults,
} from "./results.ts";

const bench = join(import.meta.dirname, "..");
const root = join(bench, "..");

/** What the last `--write` measured. */
export function readResults(): Results {
  return JSON.parse(readFileSync(join(bench, "results.json"), "utf8")) as Results;
}

/** Every file that says something about the results, by its path in the repository, with the content it must have. */
export function filesOf(results: Results): Map<string, string> {
  const files = new Map([["bench/RESULTS.md", resultsPage(results)]]);
  for (const topic of topicsOf(results))
    for (const [contest, rows] of contestsOf(results, topic))
      files.set(`bench/${chartFile(topic, contest)}`, chart(contest, rows));
  for (const path of readmes()) {
    const readme = readFileSync(join(root, path), "utf8");
    if (readme.includes("<!-- results: ")) files.set(path, withResults(readme, results));
  }
  return files;
}

/** The READMEs of the repository and its packages, by their paths. */
export function readmes(): string[] {
  const packages = readdirSync(join(root, "packages"));
  return ["README.md", ...packages.map((name) => `packages/${name}/README.md`)];
}

/** Writes the results and all that says something about them. */
export function writeResults(results: Results): void {
  writeFileSync(join(bench, "results.json"), `${JSON.stringify(results, undefined, 1)}\n`);
  rmSync(join(bench, "charts"), { recursive: true, force: true });
  for (const [path, content] of filesOf(results)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
