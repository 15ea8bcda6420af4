// `pnpm fuzz`: looks for counterexamples until it finds one or is stopped. `pnpm fuzz 60` stops after a minute.
import * as fc from "fast-check";
import { fuzzProperties } from "./fuzz-properties.ts";

const seconds = Number(process.argv[2] ?? Infinity);
if (!(seconds > 0)) throw new RangeError(`fuzz: ${process.argv[2]} is not a number of seconds.`);
const start = performance.now();
let runs = 0;
while (performance.now() - start < seconds * 1000) {
  for (const { name, property } of fuzzProperties) {
    const result = await fc.check(property, { numRuns: 500 });
    runs += result.numRuns;
    if (!result.failed) continue;
    process.stderr.write(`${name}\n${await fc.asyncDefaultReportMessage(result)}\n`);
    process.exit(1);
  }
  process.stdout.write(`\r${runs} runs, nothing found`);
}
process.stdout.write("\n");
