// node check-worlds.ts FROM..TO: the random worlds without a test runner; ends at the first fault, or costs too many requests.
import { faultsOf, fewestOf, isCounted, readAll, worldOf } from "./worlds.ts";

const [from = 0, to = 0] = (process.argv[2] ?? "0..100").split("..").map(Number);
const collect = process.argv[3] === "--all";
const cost = { one: [0, 0], several: [0, 0] };
for (let seed = from; seed < to; seed++) {
  const world = worldOf(seed);
  const before = world.model.runs.map((run) => ({ ...run }));
  const outcome = await readAll(world);
  const faults = faultsOf(world, before, outcome);
  if (faults.length > 0) {
    const message = `world ${seed}: ${faults.join("; ")}`;
    if (!collect) throw new Error(message);
    console.log(message);
  }
  if (!isCounted(world, outcome)) continue;
  const sum = world.concurrency === 1 ? cost.one : cost.several;
  sum[0]! += outcome.requests;
  sum[1]! += fewestOf(world, before);
}
console.log(JSON.stringify(cost), cost.one[0]! / cost.one[1]!, cost.several[0]! / cost.several[1]!);
