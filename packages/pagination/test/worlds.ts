import { createClient } from "@workflow-runs/core";
import {
  CrowdedSecondError,
  paginate,
  type PaginateOptions,
  UnstableListError,
} from "../src/index.ts";
import { limits } from "../src/limits.ts";
import {
  github as githubLimits,
  GitHubModel,
  iso,
  type ModelLimits,
  type ModelOptions,
  type ModelRun,
  quiet,
  type Random,
  randomOf,
} from "./model.ts";

/** A list, how it behaves, and how it is read. */
export interface World {
  readonly seed: number;
  readonly model: GitHubModel;
  readonly options: ModelOptions;
  /** `search`: failures from the index. `list`: all runs. `filtered list`: failures, from the database. */
  readonly kind: "search" | "list" | "filtered list";
  readonly concurrency: number;
  readonly parameters: { owner: string; repo: string; status?: "failure"; created?: string };
  readonly random: Random;
  /** Nothing contradicts itself: the counts are right, and ties keep their order. */
  readonly plain: boolean;
  /** Whether the limits are GitHub's, rather than small ones, which are passed often. */
  readonly whole: boolean;
}

/** Small ones, so that random lists pass them often. */
const smallLimits: ModelLimits = { perPage: 30, search: 90, searchCount: 225, list: 600 };

/** One world for each seed. */
export function worldOf(seed: number, still = false): World {
  const random = randomOf(Math.imul(seed + 1, 0x9e3779b1));
  const kind = random.pick([
    "search",
    "search",
    "search",
    "list",
    "list",
    "filtered list",
  ] as const);
  const moving = random.chance(0.6) && !still;
  const odd = random.chance(0.25) && !still;
  const whole = seed % 2 === 0;
  const options: ModelOptions = {
    ...quiet,
    limits: whole ? githubLimits : smallLimits,
    ties: random.pick(["fixed", "fixed", "replicas", "shuffled"] as const),
    early: random.pick([0, 0.5, 1]),
    ...(moving && {
      arrivals: random.pick([0, 0.2, 0.8]),
      deletions: random.pick([0, 0.1, 0.5]),
      statusChanges: random.pick([0, 0.2, 0.8]),
      indexLag: random.pick([0, 0, 5]),
    }),
    ...(odd && {
      hidden: random.pick([0, 0.02, 0.1]),
      miscount: random.pick([0, 0, 1, 3, -1]),
      link: random.chance(0.8),
      mostPerPage: random.pick(whole ? [100, 100, 30, 50] : [100]),
    }),
  };
  // Without a Link the count is the only proof of an end: one that is too low cannot be seen.
  if (!options.link) Object.assign(options, { miscount: Math.abs(options.miscount) });
  const runs = historyOf(random, options.hidden, whole ? 1 : 0.3);
  const model = new GitHubModel(runs, options, random);
  const range = random.chance(0.2) && runs.length > 0;
  const ends = [random.pick(runs)?.created ?? 0, random.pick(runs)?.created ?? 0].sort(
    (a, b) => a - b,
  );
  return {
    seed,
    model,
    options,
    kind,
    concurrency: random.pick([1, 1, 2, 3, 4, 6]),
    parameters: {
      owner: "o",
      repo: "r",
      ...(kind !== "list" && { status: "failure" }),
      ...(kind !== "list" && range && { created: `${iso(ends[0]!)}..${iso(ends[1]!)}` }),
    },
    random,
    plain: !odd,
    whole,
  };
}

/** Runs as repositories have them: quiet weeks, busy hours, a push that starts a matrix, now and then a flood in one second. */
function historyOf(random: Random, hidden: number, scale: number): ModelRun[] {
  const runs: ModelRun[] = [];
  let created = 1_735_689_600;
  let id = 1000;
  const share = random.pick([1, 1, 0.5, 0.1]);
  const parts = 1 + random.below(random.pick([3, 10, 30]));
  for (let part = 0; part < parts; part++) {
    created += random.pick([0, 1, 60, 3600, 86_400 * random.below(60)]);
    const count = random.pick([0, random.below(10), random.below(120), random.below(600)]);
    const spread = random.pick([30, 600, 3600, 86_400, 86_400 * 20]);
    const flood = random.chance(0.03);
    const seconds = Array.from(
      { length: Math.ceil(scale * (flood ? random.below(random.pick([300, 900, 1500])) : count)) },
      () => (flood ? 0 : random.below(spread)),
    ).sort((a, b) => a - b);
    for (const second of seconds)
      runs.push({
        id: (id += 1 + random.below(9)),
        created: created + second,
        status: random.chance(share) ? "failure" : "success",
        indexedAt: 0,
        hidden: random.chance(hidden),
      });
    created += spread;
  }
  return runs;
}

/** What a reading came to. */
export interface Outcome {
  readonly ids: number[];
  readonly seconds: number[];
  readonly error: unknown;
  readonly requests: number;
}

/** Reads a world's list, or with `most` only its beginning; 0 counts it. */
export async function readAll(
  world: World,
  options: PaginateOptions = {},
  most: number = Infinity,
): Promise<Outcome & { cursor: string; count: number }> {
  const { model, kind, concurrency, parameters } = world;
  Object.assign(limits, world.options.limits);
  const github = createClient({ fetch: model.fetch, retry: false });
  const source = kind === "filtered list" ? "list" : "search";
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, {
    concurrency,
    source,
    ...options,
  });
  const [ids, seconds]: [number[], number[]] = [[], []];
  const add = (run: { id: number; created_at: string }): void => {
    ids.push(run.id);
    seconds.push(Date.parse(run.created_at) / 1000);
    if (model.requests > 50_000) throw new Error("no end");
  };
  let error: unknown;
  let count = 0;
  try {
    if (most === 0) count = await list.count();
    else if (most < Infinity) for (const run of await list.take(most)) add(run);
    else for await (const run of list) add(run);
  } catch (thrown) {
    error = thrown;
  }
  Object.assign(limits, githubLimits);
  return { ids, seconds, error, requests: model.requests, cursor: list.cursor, count };
}

/** Everything that is wrong with an outcome, in words; empty when all is well. */
export function faultsOf(
  world: World,
  before: readonly ModelRun[],
  { ids, seconds, error }: Outcome,
): string[] {
  const { model, kind, options, concurrency, parameters } = world;
  const faults: string[] = [];
  const [from = -Infinity, to = Infinity] =
    parameters.created?.split("..").map((at) => Date.parse(at) / 1000) ?? [];
  const within = ({ created }: { created: number }): boolean => from <= created && created <= to;
  const unique = new Set(ids);
  if (unique.size < ids.length) faults.push(`${ids.length - unique.size} runs came twice`);
  if (model.busiest > concurrency)
    faults.push(`${model.busiest} requests at once, not ${concurrency}`);
  if (kind === "search") {
    const wrong = ids.findIndex(
      (id, index) =>
        index > 0 &&
        (seconds[index]! > seconds[index - 1]! ||
          (seconds[index] === seconds[index - 1] && id > ids[index - 1]!)),
    );
    if (wrong >= 0) faults.push(`run ${ids[wrong]} came after ${ids[wrong - 1]}`);
  } else {
    // A run that is deleted while it is read may come late.
    const alive = new Set(model.runs.map(({ id }) => id));
    const order = ids.filter((id) => alive.has(id));
    if (order.some((id, index) => index > 0 && id > order[index - 1]!)) faults.push("not by id");
  }
  const initial = new Map(before.map((run) => [run.id, run]));
  const known = new Map([...model.runs.map((run) => [run.id, run] as const), ...initial]);
  for (const id of ids) {
    const run = known.get(id);
    if (run && !within(run)) faults.push(`run ${id} is not in the range`);
    if (run && kind !== "list" && run.status !== "failure" && !model.touched.has(id))
      faults.push(`run ${id} is no failure`);
  }
  if (error instanceof CrowdedSecondError) {
    const crowd = [...known.values()].filter(({ created }) => iso(created) === error.second).length;
    if (crowd + options.miscount <= options.limits.search)
      faults.push(`${crowd} runs in ${error.second} are not too many`);
    return faults;
  }
  if (error instanceof UnstableListError && (!world.plain || options.ties !== "fixed"))
    return faults;
  if (error !== undefined) {
    faults.push(`threw ${error instanceof Error ? error.stack : JSON.stringify(error)}`);
    return faults;
  }
  const stays = new Set(model.runs.map(({ id }) => id));
  const lost = before.filter(
    (run) =>
      stays.has(run.id) &&
      (kind === "list" || !model.touched.has(run.id)) &&
      !run.hidden &&
      within(run) &&
      (kind === "list" || run.status === "failure") &&
      !unique.has(run.id),
  );
  if (lost.length > 0)
    faults.push(
      `lost ${lost.length}: ${lost
        .slice(0, 5)
        .map(({ id, created }) => `${id} of ${iso(created)}`)
        .join(", ")}`,
    );
  return faults;
}

/**
 * Whether its requests are counted: what contradicts itself costs more, and so do runs of one second that the index
 * has in no order.
 */
export function isCounted({ plain, whole, kind, options }: World, { error }: Outcome): boolean {
  const ordered = kind !== "search" || options.ties === "fixed";
  return plain && whole && ordered && error === undefined;
}

/** The fewest requests that can bring so many runs. */
export function fewestOf(
  { kind, options, parameters }: World,
  before: readonly ModelRun[],
): number {
  const [from = -Infinity, to = Infinity] =
    parameters.created?.split("..").map((at) => Date.parse(at) / 1000) ?? [];
  const count = before.filter(
    ({ created, status }) =>
      kind !== "search" || (from <= created && created <= to && status === "failure"),
  ).length;
  return Math.max(1, Math.ceil(count / Math.min(options.mostPerPage, options.limits.perPage)));
}

/** What is wrong with each way to read a world, in words; empty when all is well. */
export const ways = {
  /** Read at once. */
  async whole(seed: number): Promise<string[]> {
    const world = worldOf(seed);
    const before = world.model.runs.map((run) => ({ ...run }));
    return faultsOf(world, before, await readAll(world));
  },

  /** By `toArray()`, which may request pages before one has counted them. */
  async array(seed: number): Promise<string[]> {
    const world = worldOf(seed);
    const before = world.model.runs.map((run) => ({ ...run }));
    return faultsOf(world, before, await readAll(world, {}, Number.MAX_SAFE_INTEGER));
  },

  /** By `take()`, so many at a time, each from the cursor of the one before. */
  async taken(seed: number): Promise<string[]> {
    const world = worldOf(seed);
    const before = world.model.runs.map((run) => ({ ...run }));
    const all = { ids: [] as number[], seconds: [] as number[], requests: 0 };
    let from: string | undefined;
    for (let part = 0; part < 40; part++) {
      const { ids, seconds, cursor, error } = await readAll(
        world,
        { from },
        1 + world.random.below(world.whole ? 400 : 120),
      );
      all.ids.push(...ids);
      all.seconds.push(...seconds);
      from = cursor;
      const ended = cursor.split(".")[2] === "e";
      if (error !== undefined || ended) return faultsOf(world, before, { ...all, error });
      if (ids.length === 0) return ["nothing was taken, and it is not the end"];
    }
    return faultsOf(world, before, { ...all, error: undefined }).filter(
      (fault) => !fault.startsWith("lost"),
    );
  },

  /** With an error at any request, again and again, each time from the cursor that is left. */
  crashed: (seed: number): Promise<string[]> =>
    inParts(seed, ({ model, random }, isLast) => {
      model.failAt = isLast ? Infinity : model.requests + 1 + random.below(12);
      return { isStopped: (error) => error instanceof Error && error.message.includes("crash") };
    }),

  /** With an abort at any response or between any two pages, each time from the cursor that is left. */
  aborted: (seed: number): Promise<string[]> =>
    inParts(seed, ({ model, random }, isLast) => {
      const stop = new AbortController();
      const reason = new Error("stop");
      let responses = isLast ? Infinity : 1 + random.below(12);
      let pages = isLast || random.chance(0.5) ? Infinity : 1 + random.below(6);
      model.onResponse = () => void (--responses === 0 && stop.abort(reason));
      const onProgress = (): void => void (--pages === 0 && stop.abort(reason));
      return { signal: stop.signal, onProgress, isStopped: (error) => error === reason };
    }),

  /** Counted, while nothing moves. */
  async counted(seed: number): Promise<string[]> {
    const { parameters, kind, model, ...world } = worldOf(seed, true);
    const { error, count } = await readAll({ parameters, kind, model, ...world }, {}, 0);
    if (error instanceof CrowdedSecondError) return [];
    if (error !== undefined)
      return [`threw ${error instanceof Error ? error.stack : JSON.stringify(error)}`];
    const [from = 0, to = Infinity] =
      parameters.created?.split("..").map((at) => Date.parse(at) / 1000) ?? [];
    const { length } = model.runs.filter(
      ({ status, created }) =>
        kind === "list" || (status === "failure" && from <= created && created <= to),
    );
    return count === length ? [] : [`counted ${count} of ${length}`];
  },
};

/** Reads a world in parts, of which each but the last may be stopped. */
async function inParts(
  seed: number,
  stopAt: (
    world: World,
    isLast: boolean,
  ) => PaginateOptions & { isStopped: (error: unknown) => boolean },
): Promise<string[]> {
  const world = worldOf(seed);
  const { model } = world;
  const before = model.runs.map((run) => ({ ...run }));
  const ids = new Set<number>();
  let from: string | undefined;
  for (let part = 0; ; part++) {
    const { isStopped, ...options } = stopAt(world, part === 30);
    const read = await readAll(world, { ...options, from });
    for (const id of read.ids) ids.add(id);
    from = read.cursor;
    const sent = model.requests;
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    if (model.requests > sent) return [`${model.requests - sent} requests after the end`];
    if (isStopped(read.error)) continue;
    if (options.signal?.aborted && read.error !== undefined) return ["ended with another reason"];
    const outcome = { ids: [...ids], seconds: [], error: read.error, requests: 0 };
    // What was yielded of a page before it was stopped comes again: the order is that of each part.
    return faultsOf(world, before, outcome).filter((fault) => !/came after|not by id/.test(fault));
  }
}
