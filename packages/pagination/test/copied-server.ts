import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One attempt of a run. */
export interface CopiedAttempt {
  status: string;
  conclusion: string | null;
  isDeleted?: boolean;
}

/** A run of {@link CopiedServer}. */
export interface CopiedRun {
  readonly id: number;
  /** Seconds since 1970. */
  created: number;
  attempts: CopiedAttempt[];
}

/** What is served in the stead of a response. */
export type Refusal =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | "cut"
  | undefined;

/**
 * As much of GitHub as a copy of runs meets, over real HTTP and written from what GitHub was seen to do: the list from the
 * database (by id, 40,000 at most) and the search index (which may be behind, and ends after 1,000), runs and their attempts,
 * ETags, the server's own clock, repositories that were renamed (301) or are hidden.
 */
export class CopiedServer implements AsyncDisposable {
  /** GitHub's clock, in seconds since 1970. */
  now: number;
  /** The newest first. */
  runs: CopiedRun[] = [];
  /** Path and query of each request, 304 where the response was one. */
  readonly requests: string[] = [];
  /** Requests that count against the rate limit. */
  counted = 0;
  /** Names that lead to the repository by a redirect. */
  readonly renamed: Set<string> = new Set();
  /** What the search index holds; the database's runs where it is absent. */
  index: CopiedRun[] | undefined;
  /** The token cannot see the repository. */
  isHidden = false;
  /** Neither `created_at`, nor attempts, nor `run_attempt`: as the first versions of other forges. */
  isOtherForge = false;
  /** The header `date`; undefined leaves it out. */
  date: (now: number) => string | undefined = (now) => new Date(now * 1000).toUTCString();
  /** Called before each response, with the number of the request from 1 on. */
  before: (request: number, path: string) => Refusal | void = () => {};
  url = "";
  #lastId = 1_000_000;
  readonly #server = createServer((request, response) => this.#serve(request, response));

  constructor(now: number) {
    this.now = now;
  }

  create(status: string, conclusion: string | null = status === "completed" ? "success" : null) {
    const run: CopiedRun = {
      id: (this.#lastId += 7),
      created: this.now,
      attempts: [{ status, conclusion }],
    };
    this.runs.unshift(run);
    return run;
  }

  /** Rows that a copy of everything has. */
  rows(): Map<string, string | null> {
    return new Map(
      this.runs.flatMap(({ id, attempts }) =>
        attempts.flatMap(({ conclusion, isDeleted }, index) =>
          isDeleted ? [] : [[`${id}/${index + 1}`, conclusion] as const],
        ),
      ),
    );
  }

  async listen(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", this.url);
    const path = `${url.pathname}${url.search}`;
    const index = this.requests.push(path) - 1;
    const refusal = this.before(index + 1, path);
    if (refusal === "cut") return void response.destroy();
    const { status, body, headers } = refusal
      ? { ...refusal, body: { message: "refused" } }
      : this.#respond(url);
    const text = JSON.stringify(body);
    const etag = `W/"${createHash("sha256").update(text).digest("hex")}"`;
    const date = this.date(this.now);
    const isSame = status === 200 && request.headers["if-none-match"] === etag;
    if (isSame) this.requests[index] = `304 ${path}`;
    else this.counted++;
    response.sendDate = false;
    response.writeHead(isSame ? 304 : status, {
      "content-type": "application/json; charset=utf-8",
      etag,
      ...(date !== undefined && { date }),
      ...headers,
    });
    response.end(isSame ? undefined : text);
  }

  #respond(url: URL): { status: number; body: unknown; headers?: Record<string, string> } {
    const notFound = { status: 404, body: { message: "Not Found" } };
    const [, name, rest] =
      /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)\/(.*)$/.exec(url.pathname) ?? [];
    if (this.isHidden || name === undefined || rest === undefined) return notFound;
    if (this.renamed.has(name)) {
      const location = `${this.url}/repositories/9/${rest}${url.search}`;
      return {
        status: 301,
        body: { message: "Moved Permanently", url: location },
        headers: { location },
      };
    }
    if (name !== "repos/o/r" && name !== "repositories/9") return notFound;
    if (/^actions\/(workflows\/[^/]+\/)?runs$/.test(rest)) return this.#list(url);
    const [, id, attempt] = /^actions\/runs\/(\d+)(?:\/attempts\/(\d+))?$/.exec(rest) ?? [];
    const run = this.runs.find((run) => run.id === Number(id));
    if (!run || (attempt !== undefined && this.isOtherForge)) return notFound;
    const body = this.#body(run, attempt === undefined ? run.attempts.length : Number(attempt));
    return body ? { status: 200, body } : notFound;
  }

  #list(url: URL): { status: number; body: unknown; headers?: Record<string, string> } {
    const {
      page: number = "1",
      per_page: size = "30",
      ...query
    } = Object.fromEntries(url.searchParams);
    const [page, perPage] = [Number(number), Math.min(100, Number(size))];
    const isSearch = [
      "actor",
      "branch",
      "check_suite_id",
      "created",
      "event",
      "head_sha",
      "status",
    ].some((filter) => filter in query);
    const [from = "*", to = "*"] = (query["created"] ?? "").split("..");
    const [oldest, newest] = [from, to].map((text) => Date.parse(text) / 1000) as [number, number];
    const found = (isSearch ? (this.index ?? this.runs) : this.runs).filter(
      ({ created }) => !isSearch || !(created < oldest || created > newest),
    );
    const [most, counted] = isSearch ? [1000, 2500] : [40_000, 40_000];
    if (!isSearch && (page - 1) * perPage >= most)
      return {
        status: 422,
        body: {
          message:
            "In order to keep the API fast for everyone, pagination is limited for this resource.",
        },
      };
    const shown = found.slice(0, most);
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    return {
      status: 200,
      body: {
        total_count: Math.min(found.length, counted),
        workflow_runs: shown
          .slice((page - 1) * perPage, page * perPage)
          .map((run) => this.#body(run, run.attempts.length)),
      },
      headers: page * perPage < shown.length ? { link: `<${next.href}>; rel="next"` } : {},
    };
  }

  #body({ id, created, attempts }: CopiedRun, number: number): object | undefined {
    const { isDeleted, ...attempt } = attempts[number - 1] ?? { isDeleted: true };
    if (isDeleted && number < attempts.length) return undefined;
    if (!("status" in attempt)) return undefined;
    if (this.isOtherForge) return { id, ...attempt };
    return {
      id,
      run_attempt: number,
      created_at: new Date(created * 1000).toISOString().replace(".000Z", "Z"),
      ...attempt,
      repository: { name: "r", owner: { login: "o" } },
    };
  }
}
