import type { ActionsFake } from "../authoring/actions-fake.ts";
import { internalsOf, type Internals } from "../authoring/internals.ts";
import { runHandle } from "../authoring/run-handle.ts";
import { callback, check, listOf, object, oneOf, whole } from "../input/check.ts";
import { ConnectionResetError } from "../router/faulty.ts";
import { below, isOnLogs } from "../router/locate.ts";
import { runState } from "../rules/run-state.ts";
import {
  canHappen,
  exploreFaults,
  meansOf,
  type ExploredRequest,
  type ExploreFault,
} from "./faults.ts";

/** What {@link explore} takes. */
export interface ExploreOptions {
  /** What goes wrong. @default everything that GitHub could respond with */
  faults?: readonly ExploreFault[] | undefined;
  /** Real milliseconds that one run of the test may take. @default 5_000 */
  timeout?: number | undefined;
}

/** What a test is called with. */
export interface ExploreCall {
  /** Aborted when the time of this run is up. */
  signal: AbortSignal;
  /** What goes wrong this time, and where; undefined for the first run, in which nothing does. */
  fault: { kind: ExploreFault; request: string; index: number } | undefined;
}

/** One run of the test that threw. */
export interface BrokenRun {
  fault: ExploreFault;
  /** The request that it happened to, e.g. `"GET /repos/octo-org/octo-repo/actions/runs"`. */
  request: string;
  /** Which request of the test that is, from 0. */
  index: number;
  /** What the test threw. */
  error: unknown;
}

/** What {@link explore} found. */
export interface Exploration {
  /** The requests of the test when nothing goes wrong. */
  requests: string[];
  /** How often the test was run. */
  runs: number;
  /** The runs that threw: empty when the code under test withstands everything. */
  broken: BrokenRun[];
  /** The same in words. */
  text: string;
}

const exploreOptions = object<ExploreOptions>({
  faults: listOf(oneOf<ExploreFault>(meansOf)),
  timeout: whole(1),
});

// A test may have faked the timers.
const { setTimeout, clearTimeout } = globalThis;

/**
 * Runs a test once, then again with each fault at each of its requests in turn, always from how the
 * fake was at first, also its faults, its limits and its clock. The test has to throw when the code under test did the wrong thing.
 *
 * @throws what the test throws when nothing goes wrong
 * @throws {InvalidInputError} when an option cannot be used
 */
export async function explore(
  fake: ActionsFake,
  test: (call: ExploreCall) => unknown,
  options: ExploreOptions = {},
): Promise<Exploration> {
  check(callback, test, "explore", { path: "test" });
  check(exploreOptions, options, "explore");
  const { faults = exploreFaults, timeout = 5000 } = options;
  const internals = internalsOf(fake);
  const putBack = internals.save();
  const broken: BrokenRun[] = [];
  let runs = 1;
  try {
    const first = await runOnce(fake, internals, test, timeout);
    if ("error" in first) throw first.error;
    for (const [index, request] of first.requests.entries()) {
      for (const kind of faults.filter((fault) => canHappen(fault, request))) {
        putBack();
        const fault = { kind, request: request.request, index };
        const run = await runOnce(fake, internals, test, timeout, fault);
        runs += 1;
        if ("error" in run) {
          broken.push({ fault: kind, request: request.request, index, error: run.error });
        }
      }
    }
    const requests = first.requests.map(({ request }) => request);
    return { requests, runs, broken, text: inWords(runs, broken) };
  } finally {
    internals.intercept(undefined);
    putBack();
  }
}

function inWords(runs: number, broken: readonly BrokenRun[]): string {
  const lines = broken.map(({ fault, request, index, error }) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return `${fault} at request ${index + 1}, ${request}: ${reason}`;
  });
  return [`${broken.length} of ${runs} runs broke`, ...lines].join("\n");
}

async function runOnce(
  fake: ActionsFake,
  internals: Internals,
  test: (call: ExploreCall) => unknown,
  timeout: number,
  fault?: ExploreCall["fault"],
): Promise<{ requests: ExploredRequest[] } | { requests: ExploredRequest[]; error: unknown }> {
  const requests: ExploredRequest[] = [];
  const stop = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener("abort", () =>
      reject(new ConnectionResetError("fetch failed: this run of the test is over")),
    );
  });
  // Nobody may be waiting for it.
  stopped.catch(() => {});
  fake.requests.length = 0;
  let limited: { at: number; started: number } | undefined;
  internals.intercept((request, pass) => {
    // What an earlier run left behind must not count as this one's.
    if (stop.signal.aborted) return stopped;
    requests.push(describe(request, fake, internals));
    const struck = fault?.index === requests.length - 1;
    // Whoever waited for a limit really waited, though the fake's clock may stand still.
    if (limited !== undefined && fake.now() === limited.at)
      fake.advance(performance.now() - limited.started);
    limited =
      struck && fault.kind === "primary limit"
        ? { at: fake.now(), started: performance.now() }
        : undefined;
    return Promise.race([struck ? strike(fault.kind, request, pass, internals) : pass(), stopped]);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the test was still running after ${timeout} ms`)),
      timeout,
    );
  });
  const running = (async () => test({ signal: stop.signal, fault }))();
  try {
    await Promise.race([running, late]);
    return { requests };
  } catch (error) {
    return { requests, error };
  } finally {
    clearTimeout(timer);
    stop.abort(new Error("this run of the test is over"));
    // Its last steps must not fall into the next run; but it may hang for ever.
    await Promise.race([Promise.allSettled([running]), pause(100)]);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function describe(request: Request, fake: ActionsFake, internals: Internals): ExploredRequest {
  const url = new URL(request.url);
  const api = !isOnLogs(url, { api: fake.baseUrl, logs: fake.logsUrl }) && !isSigned(url);
  // Through a server it has the base of the server.
  const path = below(url, fake.baseUrl) ?? url.pathname;
  return {
    request: `${request.method} ${path}${api ? url.search : ""}`,
    method: request.method,
    api,
    conditional: request.headers.has("if-none-match"),
    openRuns: openRuns(internals).length > 0,
  };
}

/** Whether it is where a server has its logs. */
function isSigned({ pathname }: URL): boolean {
  return pathname.includes("/actions-results/");
}

/** The runs that have not ended, of those that somebody has looked at or changed. */
function openRuns({ world }: Internals): number[] {
  const { store } = world;
  const environments = new Map(store.repositories().map((one) => [one.id, one.environments]));
  return Array.from(store.made())
    .filter((run) => {
      const known = environments.get(run.repositoryId) ?? [];
      return runState(run, run.attempts.length, known, world.now()).status !== "completed";
    })
    .map(({ id }) => id);
}

async function strike(
  kind: ExploreFault,
  request: Request,
  pass: () => Promise<Response>,
  internals: Internals,
): Promise<Response> {
  const means = meansOf[kind];
  if (means.kind === "fault") {
    const remove = internals.faults.add("*", means.fault);
    try {
      return await pass();
    } finally {
      remove();
    }
  }
  if (means.kind === "limit") internals.limits.demand(means.limit, internals.world.now());
  if (means.kind === "end runs") {
    for (const id of openRuns(internals)) runHandle(internals.world, id).complete();
  }
  const response = await pass();
  if (means.kind !== "not modified") return response;
  const headers = new Headers(response.headers);
  headers.set("etag", request.headers.get("if-none-match") ?? "");
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}
