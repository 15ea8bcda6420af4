import { ways, worldOf } from "./worlds.ts";
for (const arg of process.argv.slice(2)) {
  const [seed, way] = arg.split(",") as [string, keyof typeof ways];
  const w = worldOf(+seed);
  console.log(
    arg,
    w.kind,
    "conc",
    w.concurrency,
    JSON.stringify(w.parameters),
    JSON.stringify({ ...w.options, limits: undefined }),
    "runs",
    w.model.runs.length,
    (await ways[way](+seed)).join(";").slice(0, 120),
  );
}
