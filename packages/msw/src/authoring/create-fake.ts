import type { DeliverOptions, Webhook } from "../events/delivery.ts";
import { createEmitter, type Emitter } from "../events/emitter.ts";
import type { Events } from "../events/payload.ts";
import { checkDeliver, checkListener } from "../input/event-input.ts";
import { checkAdvance, checkMoment } from "../input/fault-input.ts";
import { checkOptions, checkRepository } from "../input/options-input.ts";
import { checkSnapshot } from "../input/snapshot-input.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { checkHandler } from "../input/route-input.ts";
import { handledRoute, type HandledCall } from "../router/handled.ts";
import type { RecordedRequest } from "../router/requests.ts";
import { createRouter } from "../router/router.ts";
import type { TokenInit } from "../rules/access.ts";
import { milliseconds, type Duration } from "../rules/duration.ts";
import type { HandledRoute } from "../rules/route-name.ts";
import type { Fault, FaultTarget } from "../rules/fault.ts";
import type { Budget } from "../rules/rate-limit.ts";
import { leastPermissions, permissionsBlock } from "../rules/permissions-used.ts";
import { seededHex } from "../rules/seeded.ts";
import { createFaults } from "../state/faults.ts";
import { createLimits, type LimitInit } from "../state/limits.ts";
import type { RepositoryRecord } from "../state/records.ts";
import { createStore, type StoreData } from "../state/store.ts";
import { keepInternals, type Interceptor } from "./internals.ts";
import { loadRecording, type LoadableBody } from "./load.ts";
import { momentOf, type Moment } from "./run-init.ts";
import { shaOf, startRun, startScheduled } from "./start-run.ts";
import { repositoryHandle, splitName, type FakeRepository } from "./repository-handle.ts";
import type { World } from "./world.ts";

/** What {@link createActionsFake} takes. */
export interface ActionsFakeOptions {
  /** The API's base URL. Default `"https://api.github.com"`; for GHES `"https://HOST/api/v3"`. */
  baseUrl?: string | undefined;
  /** Everything made up follows from it: same seed, same ids and dates. Default 1. */
  seed?: number | string | undefined;
  /**
   * The tokens there are, and what each may do. Without this every token is good, and a request
   * without one may do everything; with it, a request without one reads public repositories.
   */
  tokens?: Readonly<Record<string, TokenInit>> | undefined;
  /**
   * What happens to a request that the description does not know, e.g. a misspelt query parameter
   * that GitHub would ignore: `"error"` rejects it, `"warn"` tells the console. Default `"warn"`.
   */
  onInvalidRequest?: "error" | "warn" | ((problem: string) => void) | undefined;
  /**
   * How many requests {@link ActionsFake.requests} keeps: the newest so many, all with `true`, none
   * with `false`. Default 10,000, so that a fake that is polled for days does not grow.
   */
  recordRequests?: boolean | number | undefined;
  /** Tells the time in ms since 1970. Default `Date.now`, read at each request: fake timers work. */
  clock?: (() => number) | undefined;
}

/** What {@link FakeRepository | a repository} is created with. */
export interface RepositoryInit {
  /** Only tokens that may see it get an answer other than 404. Default false. */
  private?: boolean | undefined;
  /** Default `"main"`. */
  default_branch?: string | undefined;
  description?: string | undefined;
}

/** Everything a fake knows, to be given back to {@link ActionsFake.restore}; JSON-safe. */
export interface Snapshot {
  offset: number;
  data: StoreData;
  budgets: [string, Budget][];
}

/** A stateful fake of GitHub's REST API of workflow runs. */
export interface ActionsFake {
  /** The API's base URL, without a slash at the end. */
  readonly baseUrl: string;
  /** The origin that log downloads are redirected to. */
  readonly logsUrl: string;
  /** Answers like GitHub; give it to any client that takes a `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** The repository `owner/name`, created on first use; what `init` says is changed later on, too. */
  repository(fullName: string, init?: RepositoryInit): FakeRepository;
  /**
   * Adds runs and jobs as GitHub gave them once; gives the runs' ids. It takes the body of a list of
   * runs or jobs, a run, a webhook's payload, and lists of those or of exchanges
   * (`{ request, response: { body } }`). Statuses, runners and the order stay as recorded until the
   * runs are told to go on.
   *
   * @throws {InvalidInputError} when there is no run or job in it, or one is no such body; then none is added
   */
  load(recording: LoadableBody): number[];
  /** The fake's time, in ms since 1970. */
  now(): number;
  /** Moves the fake's clock forward: ms, or `"90s"`, `"5m"`, `"2h"`, `"1d"`. */
  advance(duration: Duration): void;
  /** Stops the fake's clock, now or at a moment; `advance` still moves it. */
  freeze(at?: Moment): void;
  /** Lets the clock go on from where it was stopped. */
  unfreeze(): void;
  /**
   * Makes something go wrong from now on; gives a function that takes it away again.
   *
   * @throws {InvalidInputError} when there is no such operation or fault
   */
  fail(target: FaultTarget, fault: Fault): () => void;
  /** Makes GitHub report a rate limit: the primary until it resets, a secondary `times` times. */
  limit(init: LimitInit): void;
  /**
   * Answers a route that the fake does not imitate, or in place of the fake. Below
   * `/repos/:owner/:repo` the repository must be there and the token must reach it; faults, limits,
   * headers and the record are as for any other route. `:path+` takes several segments.
   *
   * @returns a function that takes the route away
   * @throws {InvalidInputError} when it is no route
   */
  handle<Route extends HandledRoute>(
    route: Route,
    handler: (
      call: HandledCall<
        Route extends `${string} /repos/:owner/:repo${string}` ? FakeRepository : undefined
      >,
    ) => Response | Promise<Response>,
  ): () => void;
  /**
   * Calls back whenever something happens to a run or a job, with what GitHub sends to webhooks then:
   * as things were at that moment, in the order of time. A run that is there already when it is
   * created, or loaded, has no past events.
   *
   * @returns a function that ends it
   * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
   */
  on<Name extends keyof Events>(event: Name, listener: (event: Events[Name]) => void): () => void;
  /**
   * Posts the events to a URL as a webhook of GitHub's does, signed when there is a secret. GitHub
   * does not repeat what failed, nor does this: see {@link Webhook.redeliver}.
   *
   * @throws {InvalidInputError} when the URL or an option cannot be used
   */
  deliver(url: string, options?: DeliverOptions): Webhook;
  /** Every request for an operation, in the order they came; yours to empty. */
  readonly requests: RecordedRequest[];
  /**
   * The least `permissions:` block of a workflow file that is enough for what was asked so far, also
   * of public repositories; without those of routes of your own.
   */
  permissionsUsed(): string;
  /**
   * Answers one request and follows nothing: what a server or an interceptor needs.
   *
   * @param urls where the URLs in bodies and redirects lead to. Default the fake's own
   */
  answer(request: Request, urls?: FakeUrls): Promise<Response>;
  /**
   * The repositories, their runs, the time and the budgets as they are now; not the faults, limits on
   * demand and requests. It makes every run that `createRuns` only promised.
   */
  snapshot(): Snapshot;
  /**
   * Goes back to a snapshot, of this fake or of another.
   *
   * @throws {InvalidInputError} when it is none; then the fake stays as it is
   */
  restore(snapshot: Snapshot): void;
  /** Forgets everything: repositories, runs, faults, limits, routes, listeners, webhooks, requests, time. */
  reset(): void;
}

/**
 * Creates a fake that knows nothing yet.
 *
 * @throws {InvalidInputError} when an option is unknown or of another type, as do the fake's own methods
 */
export function createActionsFake(options: ActionsFakeOptions = {}): ActionsFake {
  checkOptions(options);
  const baseUrl = (options.baseUrl ?? "https://api.github.com").replace(/\/+$/, "");
  const urls = urlsOf(baseUrl);
  const clock = options.clock ?? (() => Date.now());
  const store = createStore({
    changed: (run, at) => events.changed(run, at),
    deleted: (id) => events.deleted(id),
  });
  let offset = 0;
  /** What the clock showed when it was stopped. */
  let stopped: number | undefined;
  const now = (): number => (stopped ?? clock()) + offset;
  const seed = options.seed ?? 1;
  const events: Emitter = createEmitter({ store, now, urls, seed });
  const faults = createFaults(seed);
  const limits = createLimits();
  const requests: RecordedRequest[] = [];
  const kept = keptRequests(options.recordRequests ?? 10_000);
  let answered = 0;
  const world: World = { store, seed, urls, now };
  const permissions = new Set<readonly Readonly<Record<string, string>>[]>();
  const router = createRouter({
    permissions,
    store,
    faults,
    limits,
    record(request) {
      requests.push(request);
      if (requests.length > kept) requests.splice(0, requests.length - kept);
    },
    now,
    tokens: options.tokens,
    invalid: invalidRequest(options.onInvalidRequest ?? "warn"),
    requestId() {
      answered += 1;
      return seededHex(32, seed, "request", answered)
        .toUpperCase()
        .replace(/^(.{4})(.{6})(.{6})(.{8})/, "$1:$2:$3:$4:");
    },
    branchSha: (repository, branch) => shaOf(world, repository, branch),
    dispatch(repository, workflow, { branch, actor, inputs }) {
      const sha = shaOf(world, repository, branch);
      const event = "workflow_dispatch" as const;
      const title = workflow.name;
      return startRun(world, repository, workflow, {
        event,
        branch,
        sha,
        actor,
        inputs,
        title,
        at: now(),
      });
    },
  });
  let interceptor: Interceptor | undefined;
  const answer = (request: Request, door: FakeUrls): Promise<Response> => {
    // The clock may have moved since.
    startScheduled(world);
    events.emit();
    const pass = (): Promise<Response> => router.answer(request, door);
    // A browser's preflight is no request of the code under test.
    return interceptor === undefined || request.method === "OPTIONS"
      ? pass()
      : interceptor(request, pass);
  };
  const repositoryNamed = (
    fullName: string,
    init: RepositoryInit = {},
    id?: number,
  ): RepositoryRecord => {
    const [owner, name] = splitName(fullName);
    const lower = fullName.toLowerCase();
    const known = store
      .repositories()
      .find((record) => `${record.owner}/${record.name}`.toLowerCase() === lower);
    if (known !== undefined) {
      known.private = init.private ?? known.private;
      known.defaultBranch = init.default_branch ?? known.defaultBranch;
      known.description = init.description ?? known.description;
      return known;
    }
    return store.addRepository(
      {
        owner,
        name,
        private: init.private ?? false,
        defaultBranch: init.default_branch ?? "main",
        description: init.description ?? null,
        formerNames: [],
        createdAt: now(),
        branches: [],
        workflows: [],
        environments: [],
        nextRunNumber: {},
      },
      id,
    );
  };
  const empty = store.export();
  const fake: ActionsFake = {
    baseUrl,
    logsUrl: urls.logs,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      // A redirect that keeps the method needs the body once more.
      const body = request.body === null ? undefined : await request.clone().arrayBuffer();
      const response = await answer(request, urls);
      request.signal.throwIfAborted();
      return follow(response, request, body, (next) => answer(next, urls));
    },
    repository(fullName, init) {
      checkRepository(fullName, init ?? {});
      return repositoryHandle(world, repositoryNamed(fullName, init).id);
    },
    load: (recording) =>
      loadRecording(store, recording, (fullName, isPrivate, id) =>
        repositoryNamed(fullName, { private: isPrivate }, id),
      ),
    now,
    advance(duration) {
      checkAdvance(duration);
      offset += milliseconds(duration);
      startScheduled(world);
      events.emit();
    },
    freeze(at) {
      if (at !== undefined) checkMoment(at, "freeze");
      stopped ??= clock();
      if (at !== undefined) offset = momentOf(at) - stopped;
      startScheduled(world);
      events.emit();
    },
    unfreeze() {
      if (stopped !== undefined) offset += stopped - clock();
      stopped = undefined;
      events.emit();
    },
    fail: (target, fault) => faults.add(target, fault),
    limit: (init) => limits.demand(init, now()),
    handle(route, handler) {
      checkHandler(route, handler);
      const repositoryOf = (record: RepositoryRecord | undefined): FakeRepository | undefined =>
        record && repositoryHandle(world, record.id);
      return router.handle(
        handledRoute(route, repositoryOf, handler as Parameters<typeof handledRoute>[2]),
      );
    },
    on(event, listener) {
      checkListener(event, listener);
      return events.on(event, listener);
    },
    deliver(url, init = {}) {
      checkDeliver(url, init);
      return events.deliver(url, init);
    },
    permissionsUsed: () => permissionsBlock(leastPermissions(permissions)),
    requests,
    answer: (request, door = urls) => answer(request, door),
    snapshot: () => ({ offset, data: store.export(), budgets: limits.export() }),
    restore(snapshot) {
      checkSnapshot(snapshot);
      offset = snapshot.offset;
      store.import(snapshot.data);
      limits.import(snapshot.budgets);
      events.restart();
    },
    reset() {
      offset = 0;
      stopped = undefined;
      answered = 0;
      store.import(empty);
      limits.import([]);
      faults.clear();
      events.clear();
      router.clear();
      requests.length = 0;
      permissions.clear();
    },
  };
  keepInternals(fake, {
    world,
    faults,
    limits,
    intercept: (next) => {
      interceptor = next;
    },
    another: () => createActionsFake(options),
  });
  return fake;
}

function keptRequests(option: boolean | number): number {
  if (option === true) return Infinity;
  return option === false ? 0 : option;
}

function invalidRequest(
  choice: NonNullable<ActionsFakeOptions["onInvalidRequest"]>,
): (problem: string) => void {
  if (typeof choice === "function") return choice;
  return (problem) => {
    if (choice === "error") throw new TypeError(`invalid request: ${problem}`);
    // eslint-disable-next-line no-console -- what the option asks for
    console.warn(`@workflow-runs/msw: ${problem}`);
  };
}

/** Where a fake with that API base has its web pages and its logs. */
function urlsOf(api: string): FakeUrls {
  const { origin } = new URL(api);
  return {
    api,
    html: origin === "https://api.github.com" ? "https://github.com" : origin,
    logs: "https://productionresultssa0.blob.core.windows.net",
  };
}

/** Follows redirects as `fetch` does: without the token once the origin changes. */
async function follow(
  response: Response,
  request: Request,
  body: ArrayBuffer | undefined,
  answer: (request: Request) => Promise<Response>,
  redirected = false,
): Promise<Response> {
  const location = response.headers.get("location");
  if (location === null || request.redirect === "manual")
    return withUrl(response, request.url, redirected);
  if (request.redirect === "error") throw new TypeError(`unexpected redirect to ${location}`);
  const target = new URL(location, request.url);
  const headers = new Headers(request.headers);
  if (target.origin !== new URL(request.url).origin) headers.delete("authorization");
  const { method, signal } = request;
  const next = new Request(target, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body }),
  });
  return follow(await answer(next), next, body, answer, true);
}

/** A made response knows no URL; clients look there for where they ended up. */
function withUrl(response: Response, url: string, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url, configurable: true },
    redirected: { value: redirected, configurable: true },
  });
}
