// node check-worlds.ts FROM..TO: the random worlds without a test runner; ends at the first fault, or costs too many requests.
import { faultsOf, fewestOf, readAll, worldOf } from "./worlds.ts";

const [from = 0, to = 0] = (process.argv[2] ?? "0..100").split("..").map(Number);
const cost = { one: [0, 0], several: [0, 0] } as const satisfies Record<string, [number, number]>;
for (let seed = from; seed < to; seed++) {
  const world = worldOf(seed);
  const before = world.model.runs.map((run) => ({ ...run }));
  const outcome = await readAll(world);
  const faults = faultsOf(world, before, outcome);
  if (faults.length > 0) throw new Error(`world ${seed}: ${faults.join("; ")}`);
  const ordered = world.kind !== "search" || world.options.ties === "fixed";
  if (!world.plain || !ordered || outcome.error !== undefined) continue;
  const sum: number[] = world.concurrency === 1 ? cost.one : cost.several;
  sum[0]! += outcome.requests;
  sum[1]! += fewestOf(world, before);
}
if (cost.one[0] > 1.1 * cost.one[1] + 2)
  throw new Error(`too many requests: ${cost.one.join(" for ")}`);
if (cost.several[0] > 1.5 * cost.several[1] + 2)
  throw new Error(`too many requests: ${cost.several.join(" for ")}`);
