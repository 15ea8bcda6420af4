// node check-worlds.ts FROM..TO [WAY…]: reads random worlds without a test runner, and says what is wrong with which.
import { fewestOf, isCounted, readAll, ways, worldOf } from "./worlds.ts";

const [range = "0..1000", ...chosen] = process.argv.slice(2);
const [first = 0, end = 0] = range.split("..").map(Number);
for (const way of chosen.length > 0 ? (chosen as (keyof typeof ways)[]) : Object.keys(ways))
  for (let seed = first; seed < end; seed++) {
    const faults = await ways[way as keyof typeof ways](seed);
    if (faults.length === 0) continue;
    process.exitCode = 1;
    process.stdout.write(`world ${seed}, ${way}: ${faults.join("; ")}\n`);
  }
const cost = { one: { requests: 0, fewest: 0 }, several: { requests: 0, fewest: 0 } };
for (let seed = first; seed < end; seed++) {
  const world = worldOf(seed);
  if (!world.plain || !world.whole) continue;
  const fewest = fewestOf(world, world.model.runs);
  const outcome = await readAll(world);
  if (!isCounted(world, outcome)) continue;
  const sum = world.concurrency === 1 ? cost.one : cost.several;
  sum.requests += outcome.requests;
  sum.fewest += fewest;
}
for (const [concurrency, { requests, fewest }] of Object.entries(cost))
  process.stdout.write(
    `${concurrency}: ${requests} requests for ${fewest}, ${(requests / fewest).toFixed(3)} ×\n`,
  );
