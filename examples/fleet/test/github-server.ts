import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

interface StoredRun {
  readonly id: number;
  readonly created: number;
  attempts: { status: string; conclusion: string | null }[];
}

const newest = Math.floor(Date.now() / 1000) - 60;

/** As much of GitHub as a copy needs: an organisation, lists of runs, single attempts, jobs, an App's installation. */
export class GitHubServer implements AsyncDisposable {
  readonly repositories: Map<string, StoredRun[]> = new Map();
  readonly requests: string[] = [];
  readonly tokens: Set<string> = new Set();
  /** Milliseconds before each response. */
  latency = 5;
  /** Responds in the server's stead: by a status, or by a connection that is cut. */
  refuse: (path: string) => number | "cut" | undefined = () => undefined;
  title = "Update";
  url = "";
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(repositories: readonly string[], runsOfEach: number, secondsApart: number) {
    for (const [index, name] of repositories.entries())
      this.repositories.set(
        name,
        Array.from({ length: runsOfEach }, (_, at) => ({
          id: 10_000_000 * (index + 2) - 3 * at,
          created: newest - at * secondsApart,
          attempts: [{ status: "completed", conclusion: at % 5 === 0 ? "failure" : "success" }],
        })),
      );
  }

  async listen(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** From here on connections are refused. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** At the same address again. */
  async reopen(): Promise<void> {
    this.#server.listen(Number(new URL(this.url).port), "127.0.0.1");
    await once(this.#server, "listening");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    this.requests.push(`${url.pathname}${url.search}`);
    this.tokens.add(request.headers.authorization ?? "none");
    await new Promise((resolve) => setTimeout(resolve, this.latency));
    const refused = this.refuse(url.pathname);
    if (refused === "cut") return void response.destroy();
    const { status, body, link } =
      refused === undefined
        ? this.#respond(request.method, url)
        : { status: refused, body: { message: "outage" }, link: undefined };
    response
      .writeHead(status, {
        "content-type": "application/json",
        ...(link !== undefined && { link }),
      })
      .end(JSON.stringify(body));
  }

  #respond(
    method: string | undefined,
    url: URL,
  ): { status: number; body: unknown; link?: string | undefined } {
    const path = url.pathname;
    if (path === "/orgs/octo-org/repos") {
      const names = [...this.repositories.keys()];
      const body = names.map((full_name, index) => ({ full_name, archived: index > 0 }));
      return page(url, body);
    }
    if (path === "/users/octo-org/installation") return { status: 200, body: { id: 77 } };
    if (method === "POST" && path === "/app/installations/77/access_tokens")
      return {
        status: 201,
        body: {
          token: "ghs_installation",
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          permissions: { actions: "read" },
        },
      };
    const [, name = "", rest = ""] =
      /^\/repos\/([^/]+\/[^/]+)\/actions\/runs(.*)$/.exec(path) ?? [];
    const runs = this.repositories.get(name);
    if (!runs) return { status: 404, body: { message: "Not Found" } };
    if (rest === "") {
      const { body, link } = page(
        url,
        runs.map((run) => bodyOf(name, run, run.attempts.length, this.title)),
      );
      return { status: 200, body: { total_count: runs.length, workflow_runs: body }, link };
    }
    const [, id, attempt, jobs] = /^\/(\d+)\/attempts\/(\d+)(\/jobs)?$/.exec(rest) ?? [];
    const run = runs.find((run) => run.id === Number(id));
    const body = run && bodyOf(name, run, Number(attempt), this.title);
    if (!body) return { status: 404, body: { message: "Not Found" } };
    const job = {
      id: run.id + 1,
      run_id: run.id,
      run_attempt: Number(attempt),
      name: "build",
      status: "completed",
      conclusion: "success",
      runner_name: "runner",
      started_at: "2026-01-01T00:00:00Z",
      completed_at: "2026-01-01T00:01:00Z",
    };
    return { status: 200, body: jobs ? { total_count: 1, jobs: [job] } : body };
  }
}

function page(
  url: URL,
  all: readonly unknown[],
): { status: number; body: unknown[]; link: string | undefined } {
  const perPage = Number(url.searchParams.get("per_page") ?? 30);
  const number = Number(url.searchParams.get("page") ?? 1);
  const end = number * perPage;
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  const link = end < all.length ? `<${next.href}>; rel="next"` : undefined;
  return { status: 200, body: all.slice(end - perPage, end), link };
}

function bodyOf(
  repository: string,
  { id, created, attempts }: StoredRun,
  attempt: number,
  display_title: string,
): object | undefined {
  const state = attempts[attempt - 1];
  const [owner, name] = repository.split("/");
  return (
    state && {
      id,
      run_attempt: attempt,
      workflow_id: 1,
      path: ".github/workflows/ci.yml",
      head_branch: "main",
      head_sha: "a".repeat(40),
      event: "push",
      display_title,
      actor: { login: "mona" },
      created_at: new Date(created * 1000).toISOString(),
      run_started_at: new Date(created * 1000).toISOString(),
      updated_at: new Date(created * 1000).toISOString(),
      repository: { name, owner: { login: owner } },
      ...state,
    }
  );
}
