// GitHub's lists of runs as they really are, in one place and without a line of what they test: two sources, their limits
// and counts, ties in no order, short and miscounted pages, and a list that moves between any two responses.

/** Numbers that a seed determines. */
export interface Random {
  /** From 0 on, below `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
}

/** mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (end) => Math.floor(next() * end),
    chance: (probability) => next() < probability,
    pick: (values) => values[Math.floor(next() * values.length)]!,
  };
}

export interface ModelRun {
  readonly id: number;
  /** Seconds since 1970. */
  readonly created: number;
  status: "failure" | "success";
  /** The index knows it from this response on. */
  readonly indexedAt: number;
  /** Counted, and never shown. */
  readonly hidden: boolean;
}

/** How a list behaves. Probabilities are for each response. */
export interface ModelOptions {
  /** Order of runs of one second in the index. */
  readonly ties: "fixed" | "replicas" | "shuffled";
  readonly arrivals: number;
  readonly deletions: number;
  readonly statusChanges: number;
  /** The index learns of an arrival so many responses later, at most. */
  readonly indexLag: number;
  /** Of the runs. */
  readonly hidden: number;
  /** Added to every count. */
  readonly miscount: number;
  /** Whether the responses have a Link header. */
  readonly link: boolean;
  /** Greatest page that the server makes. */
  readonly mostPerPage: number;
  /** Whether a response holds the list of when it was requested, rather than of when it is sent. */
  readonly early: number;
  readonly limits: ModelLimits;
}

/** Where the lists end. */
export interface ModelLimits {
  /** Greatest `per_page`. */
  readonly perPage: number;
  /** Results that a search shows. */
  readonly search: number;
  /** Results that a search counts. */
  readonly searchCount: number;
  /** Runs that the database shows and counts. */
  readonly list: number;
}

/** GitHub's own. */
export const github: ModelLimits = { perPage: 100, search: 1000, searchCount: 2500, list: 40_000 };

export const quiet: ModelOptions = {
  ties: "fixed",
  arrivals: 0,
  deletions: 0,
  statusChanges: 0,
  indexLag: 0,
  hidden: 0,
  miscount: 0,
  link: true,
  mostPerPage: 100,
  early: 0,
  limits: github,
};

interface Pending {
  respond: () => Response;
  resolve: (response: Response) => void;
}

const filters = ["actor", "branch", "check_suite_id", "created", "event", "head_sha", "status"];

export class GitHubModel {
  /** By id, the highest first, as the database lists them. */
  runs: ModelRun[];
  requests = 0;
  /** Most requests that were under way at once. */
  busiest = 0;
  /** The queries that came. */
  readonly queries: Record<string, string>[] = [];
  /** Called before each response. */
  onResponse: (index: number) => void = () => undefined;
  /** The number of a request that gets an error. */
  failAt = Infinity;
  /** Ids in and out of the list of failures since the model was made, and what left any list. */
  readonly touched: Set<number> = new Set();
  readonly #random: Random;
  readonly #options: ModelOptions;
  readonly #pending: Pending[] = [];
  #responses = 0;
  #nextId: number;
  #newest: number;
  #pumping = false;

  constructor(runs: readonly ModelRun[], options: ModelOptions, random: Random) {
    this.runs = [...runs].sort((a, b) => b.id - a.id);
    this.#options = options;
    this.#random = random;
    this.#nextId = (this.runs[0]?.id ?? 1000) + 5;
    this.#newest = Math.max(1_767_225_600, ...this.runs.map(({ created }) => created));
  }

  readonly fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init?.signal ?? request?.signal;
    this.requests++;
    if (this.requests === this.failAt)
      return Promise.resolve(Response.json({ message: "crash" }, { status: 404 }));
    this.queries.push(Object.fromEntries(url.searchParams));
    return new Promise((resolve, reject) => {
      const early = this.#random.chance(this.#options.early) ? this.#respond(url) : undefined;
      const pending = { respond: () => early ?? this.#respond(url), resolve };
      this.#pending.push(pending);
      signal?.addEventListener("abort", () => {
        const index = this.#pending.indexOf(pending);
        if (index >= 0) this.#pending.splice(index, 1);
        reject(signal.reason as Error);
      });
      this.busiest = Math.max(this.busiest, this.#pending.length);
      this.#pump();
    });
  };

  // Responses leave one by one, in any order, once all that is sent at a time has been sent.
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      if (this.#pending.length === 0) return;
      const [pending] = this.#pending.splice(this.#random.below(this.#pending.length), 1);
      this.#responses++;
      this.onResponse(this.#responses);
      this.#change();
      pending?.resolve(pending.respond());
      if (this.#pending.length > 0) this.#pump();
    });
  }

  #change(): void {
    const { arrivals, deletions, statusChanges, indexLag } = this.#options;
    const random = this.#random;
    if (random.chance(arrivals))
      for (let left = 1 + random.below(3); left > 0; left--) {
        this.#newest += random.below(20);
        this.#nextId += 1 + random.below(9);
        this.runs.unshift({
          id: this.#nextId,
          created: this.#newest,
          status: random.pick(["failure", "success"]),
          indexedAt: this.#responses + random.below(indexLag + 1),
          hidden: false,
        });
      }
    if (random.chance(deletions) && this.runs.length > 0)
      for (let left = 1 + random.below(2); left > 0; left--) {
        const [run] = this.runs.splice(random.below(this.runs.length), 1);
        if (run) this.touched.add(run.id);
      }
    if (random.chance(statusChanges) && this.runs.length > 0) {
      const run = random.pick(this.runs);
      run.status = run.status === "failure" ? "success" : "failure";
      this.touched.add(run.id);
    }
  }

  /** What a query finds, in the order of its source. */
  found(query: URLSearchParams): ModelRun[] {
    const isSearch = filters.some((name) => query.has(name));
    if (!isSearch) return this.runs;
    const [from, to] = createdOf(query.get("created"));
    const status = query.get("status");
    // Sorted by id they are sorted by time, and by the order of `fixed` ties.
    const hits = this.runs
      .slice(firstCreatedBy(this.runs, to), firstCreatedBy(this.runs, from - 1))
      .filter((run) => run.indexedAt <= this.#responses && (!status || run.status === status));
    const { ties } = this.#options;
    if (ties === "fixed") return hits;
    const salt = ties === "replicas" ? 1 + this.#random.below(2) : this.#random.below(2 ** 30);
    for (let start = 0, end = 0; start < hits.length; start = end) {
      while (hits[end]?.created === hits[start]?.created) end++;
      if (end - start < 2) continue;
      const tied = hits.slice(start, end).map((run) => ({ run, rank: hash(run.id, salt) }));
      tied.sort((a, b) => a.rank - b.rank);
      for (const [index, { run }] of tied.entries()) hits[start + index] = run;
    }
    return hits;
  }

  #respond(url: URL): Response {
    const query = url.searchParams;
    const { miscount, link, mostPerPage, limits } = this.#options;
    const isSearch = filters.some((name) => query.has(name));
    const perPage = Math.min(mostPerPage, limits.perPage, Number(query.get("per_page") ?? 30));
    const page = Number(query.get("page") ?? 1);
    const limit = isSearch ? limits.search : limits.list;
    if (!isSearch && (page - 1) * perPage >= limit)
      return Response.json({ message: "pagination is limited for this resource" }, { status: 422 });
    const all = this.found(query);
    const shown = Math.min(all.length, limit);
    const end = Math.min(shown, page * perPage);
    const items = all.slice((page - 1) * perPage, end).filter(({ hidden }) => !hidden);
    const total = all.length === 0 ? 0 : Math.max(0, all.length + miscount);
    const headers = new Headers();
    const to = (number: number, rel: string): string => {
      const target = new URL(url);
      target.searchParams.set("page", String(number));
      return `<${target.href}>; rel="${rel}"`;
    };
    const last = Math.ceil(shown / perPage);
    const links = [
      ...(page > 1 ? [to(1, "first"), to(page - 1, "prev")] : []),
      ...(page < last ? [to(page + 1, "next")] : []),
      ...(last > 1 ? [to(last, "last")] : []),
    ];
    if (link && links.length > 0) headers.set("link", links.join(", "));
    return Response.json(
      {
        total_count: Math.min(total, isSearch ? limits.searchCount : limits.list),
        workflow_runs: items.map(({ id, created, status }) => ({
          id,
          created_at: iso(created),
          status: "completed",
          conclusion: status,
        })),
      },
      { headers },
    );
  }
}

export function iso(second: number): string {
  return new Date(second * 1000).toISOString().replace(".000Z", "Z");
}

function hash(id: number, salt: number): number {
  let h = Math.imul(id ^ salt, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

function createdOf(expression: string | null): [number, number] {
  if (expression === null) return [-Infinity, Infinity];
  const [a = "", b = ""] = expression.split("..");
  return [
    a === "*" ? -Infinity : Date.parse(a) / 1000,
    b === "*" ? Infinity : Date.parse(b) / 1000,
  ];
}

// The runs are sorted, the newest first.
function firstCreatedBy(runs: readonly ModelRun[], second: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.created > second) low = middle + 1;
    else high = middle;
  }
  return low;
}
