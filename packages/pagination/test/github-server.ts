import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A run as this server keeps it; what is not here is the same for all. */
export interface StoredRun {
  id: number;
  /** Seconds since 1970. */
  created: number;
  status?: string;
  event?: string;
  workflow?: string;
}

/** One request, as it came. */
export interface Seen {
  path: string;
  query: Record<string, string>;
  /** Set when the client gave up before the response. */
  aborted: boolean;
}

export interface ServerOptions {
  runs?: readonly StoredRun[];
  jobs?: readonly number[];
  /** Milliseconds before a response is made. */
  latency?: (seen: Seen, index: number) => number;
  /** Called right before a response is made: the moment to create and delete runs. */
  before?: (seen: Seen, index: number) => void;
  /** Responds in the server's stead when it returns a status. */
  refuse?: (
    seen: Seen,
    index: number,
  ) => { status: number; headers?: Record<string, string>; message: string } | undefined;
  /** Text of so many bytes in every run. */
  padding?: number;
  /** A server that does not know `created`. */
  ignoresCreated?: boolean;
  /** Order of runs of one second, per request; GitHub's search does not fix it. */
  order?: (a: StoredRun, b: StoredRun) => number;
}

const searched = ["actor", "branch", "check_suite_id", "created", "event", "head_sha", "status"];

/**
 * GitHub's lists of runs and jobs over real HTTP, written from GitHub's documentation and measurements, and
 * sharing no code with what it tests: filters with the silent end after 1,000, totals that stop at 2,500 and
 * 40,000, 422 past 40,000, Link headers, `created` to the second with both ends included.
 */
export class GitHubServer {
  readonly seen: Seen[] = [];
  readonly #options: ServerOptions;
  #runs: StoredRun[];
  #jobs: number[];
  #server: Server | undefined;
  url = "";
  /** Most requests that were under way at once. */
  busiest = 0;
  #busy = 0;
  readonly #padding: string;

  constructor(options: ServerOptions = {}) {
    this.#options = options;
    this.#runs = [...(options.runs ?? [])].sort(newestFirst);
    this.#jobs = [...(options.jobs ?? [])];
    this.#padding = "x".repeat(options.padding ?? 0);
  }

  get runs(): readonly StoredRun[] {
    return this.#runs;
  }

  add(...runs: StoredRun[]): void {
    this.#runs = [...this.#runs, ...runs].sort(newestFirst);
  }

  remove(...ids: number[]): void {
    const gone = new Set(ids);
    this.#runs = this.#runs.filter(({ id }) => !gone.has(id));
  }

  setJobs(jobs: readonly number[]): void {
    this.#jobs = [...jobs];
  }

  async listen(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const seen: Seen = {
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      aborted: false,
    };
    const index = this.seen.push(seen) - 1;
    this.busiest = Math.max(this.busiest, ++this.#busy);
    response.on("close", () => {
      this.#busy--;
      if (!response.writableFinished) seen.aborted = true;
    });
    const latency = this.#options.latency?.(seen, index) ?? 0;
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    if (seen.aborted) return;
    this.#options.before?.(seen, index);
    const refused = this.#options.refuse?.(seen, index);
    if (refused)
      return send(response, refused.status, { message: refused.message }, refused.headers);
    if (/\/actions\/runs\/\d+(\/attempts\/\d+)?\/jobs$/.test(seen.path))
      return this.#list(
        url,
        response,
        "jobs",
        this.#jobs.map((id) => ({ id })),
        {
          total: this.#jobs.length,
          shown: this.#jobs.length,
        },
      );
    if (/\/actions\/(workflows\/[^/]+\/)?runs$/.test(seen.path))
      return this.#listRuns(url, response);
    return send(response, 404, { message: "Not Found" });
  }

  #listRuns(url: URL, response: ServerResponse): void {
    const query = Object.fromEntries(url.searchParams);
    const workflow = /\/workflows\/([^/]+)\/runs$/.exec(url.pathname)?.[1];
    let runs = this.#runs;
    if (this.#options.order) runs = [...runs].sort(this.#options.order);
    if (workflow !== undefined) runs = runs.filter((run) => run.workflow === workflow);
    if (query["created"] && !this.#options.ignoresCreated) {
      const { from, to } = createdRange(query["created"]);
      const first = firstAtOrBefore(runs, to);
      runs = runs.slice(first, Math.max(first, firstAtOrBefore(runs, from - 1)));
    }
    if (query["status"]) runs = runs.filter(({ status }) => status === query["status"]);
    if (query["event"]) runs = runs.filter(({ event }) => event === query["event"]);
    const isSearch = searched.some((name) => name in query);
    const limits = isSearch ? { total: 2500, shown: 1000 } : { total: 40_000, shown: 40_000 };
    const { page = "1", per_page = "30" } = query;
    if (!isSearch && (Number(page) - 1) * Number(per_page) >= limits.shown)
      return send(response, 422, {
        message:
          "In order to keep the API fast for everyone, pagination is limited for this resource.",
      });
    this.#list(url, response, "workflow_runs", runs, limits, (run) => ({
      id: run.id,
      name: run.workflow ?? "ci",
      status: run.status ?? "completed",
      event: run.event ?? "push",
      created_at: iso(run.created),
      ...(this.#padding && { padding: this.#padding }),
    }));
  }

  #list<Item>(
    url: URL,
    response: ServerResponse,
    key: string,
    all: readonly Item[],
    limits: { total: number; shown: number },
    render: (item: Item) => unknown = (item) => item,
  ): void {
    const perPage = Math.min(100, Number(url.searchParams.get("per_page") ?? 30));
    const page = Number(url.searchParams.get("page") ?? 1);
    const shown = Math.min(all.length, limits.shown);
    const items = all.slice((page - 1) * perPage, Math.min(page * perPage, shown));
    const last = Math.max(1, Math.ceil(shown / perPage));
    const link = (rel: string, number: number): string => {
      const to = new URL(url);
      to.searchParams.set("page", String(number));
      return `<${to.href}>; rel="${rel}"`;
    };
    const links = [
      ...(page > 1 ? [link("prev", page - 1), link("first", 1)] : []),
      ...(page < last ? [link("next", page + 1), link("last", last)] : []),
    ];
    send(
      response,
      200,
      { total_count: Math.min(all.length, limits.total), [key]: items.map(render) },
      links.length > 0 ? { link: links.join(", ") } : {},
    );
  }
}

function newestFirst(a: StoredRun, b: StoredRun): number {
  return b.created - a.created || b.id - a.id;
}

function iso(second: number): string {
  return new Date(second * 1000).toISOString().replace(".000Z", "Z");
}

// The runs are sorted, the newest first.
function firstAtOrBefore(runs: readonly StoredRun[], second: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as StoredRun).created > second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates */
export function createdRange(expression: string): { from: number; to: number } {
  const start = (text: string): number =>
    Date.parse(/T/.test(text) ? text : `${text}T00:00:00Z`) / 1000;
  const end = (text: string): number => start(text) + (text.includes("T") ? 0 : 86_399);
  const range = /^(.+)\.\.(.+)$/.exec(expression);
  if (range) {
    const [, a, b] = range as unknown as [string, string, string];
    return { from: a === "*" ? -Infinity : start(a), to: b === "*" ? Infinity : end(b) };
  }
  if (expression.startsWith(">=")) return { from: start(expression.slice(2)), to: Infinity };
  if (expression.startsWith("<=")) return { from: -Infinity, to: end(expression.slice(2)) };
  if (expression.startsWith(">")) return { from: end(expression.slice(1)) + 1, to: Infinity };
  if (expression.startsWith("<")) return { from: -Infinity, to: start(expression.slice(1)) - 1 };
  return { from: start(expression), to: end(expression) };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
