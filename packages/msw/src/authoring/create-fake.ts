import { createEmitter, type Emitter } from "../events/emitter.ts";
import { checkDeliver } from "../events/delivery.ts";
import { callback, check } from "../input/check.ts";
import { duration as durationCheck, moment, momentOf } from "../input/text-forms.ts";
import { eventName } from "../events/payload.ts";
import { follow } from "../responses/follow.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { handledRoute } from "../router/handled.ts";
import type { RecordedRequest } from "../router/requests.ts";
import { createRouter } from "../router/router.ts";
import { milliseconds } from "../rules/duration.ts";
import { checkFault } from "../rules/fault.ts";
import { leastPermissions, permissionsBlock } from "../rules/permissions-used.ts";
import { route as routeCheck } from "../rules/route-name.ts";
import { seededHex } from "../rules/seeded.ts";
import { createClock } from "../state/clock.ts";
import { createFaults } from "../state/faults.ts";
import { checkLimit, createLimits } from "../state/limits.ts";
import type { RepositoryRecord } from "../state/records.ts";
import { checkSnapshot } from "../state/snapshot.ts";
import { createStore } from "../state/store.ts";
import type { ActionsFake } from "./actions-fake.ts";
import { keepInternals, type Interceptor } from "./internals.ts";
import { loadRecording } from "./load.ts";
import { checkOptions, checkRepository, type ActionsFakeOptions } from "./options.ts";
import { shaOf, startRun, startScheduled } from "./start-run.ts";
import { repositoryHandle, type FakeRepository } from "./repository-handle.ts";
import { repositoryNamed } from "./repository-named.ts";
import type { World } from "./world.ts";

/**
 * Creates a fake that knows nothing yet.
 *
 * @throws {InvalidInputError} when an option is unknown or of another type, as do the fake's own methods
 */
export function createActionsFake(options: ActionsFakeOptions = {}): ActionsFake {
  checkOptions(options);
  const baseUrl = (options.baseUrl ?? "https://api.github.com").replace(/\/+$/, "");
  const urls = urlsOf(baseUrl);
  const clock = createClock(options.clock ?? (() => Date.now()));
  const { now } = clock;
  const store = createStore({
    added: (run, at) => events.added(run, at),
    changed: (run) => events.changed(run),
    deleted: (id) => events.deleted(id),
  });
  const seed = options.seed ?? 1;
  const events: Emitter = createEmitter({ store, now, urls, seed });
  const faults = createFaults(seed);
  const limits = createLimits();
  const requests: RecordedRequest[] = [];
  const kept = keptRequests(options.recordRequests ?? 10_000);
  let requestCount = 0;
  const world: World = { store, seed, urls, now, emit: () => events.emit() };
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
      requestCount += 1;
      return seededHex(32, seed, "request", requestCount)
        .toUpperCase()
        .replace(/^(.{4})(.{6})(.{6})(.{8})/, "$1:$2:$3:$4:");
    },
    branchSha: (repository, branch) => shaOf(world, repository, branch),
    dispatch(repository, workflow, { branch, actor, inputs }) {
      const sha = shaOf(world, repository, branch);
      const event = "workflow_dispatch" as const;
      const title = workflow.name;
      const trigger = { event, branch, sha, actor, inputs, title, at: now() };
      const run = startRun(world, repository, workflow, trigger);
      events.emit();
      return run;
    },
  });
  let interceptor: Interceptor | undefined;
  const respond = (request: Request, links: FakeUrls): Promise<Response> => {
    // The clock may have moved since.
    startScheduled(world);
    events.emit();
    const pass = (): Promise<Response> => router.respond(request, links);
    // A browser's preflight is no request of the code under test.
    return interceptor === undefined || request.method === "OPTIONS"
      ? pass()
      : interceptor(request, pass);
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
      const response = await respond(request, urls);
      request.signal.throwIfAborted();
      return follow(response, request, body, (next) => respond(next, urls));
    },
    repository(fullName, init) {
      checkRepository(fullName, init ?? {});
      return repositoryHandle(world, repositoryNamed(world, fullName, init).id);
    },
    load: (recording) =>
      loadRecording(world, recording, (fullName, isPrivate, id) =>
        repositoryNamed(world, fullName, { private: isPrivate }, id),
      ),
    now,
    advance(duration) {
      check(durationCheck, duration, "advance", { path: "duration" });
      clock.advance(milliseconds(duration));
      startScheduled(world);
      events.emit();
    },
    freeze(at) {
      if (at !== undefined) check(moment, at, "freeze", { path: "at" });
      clock.freeze(at === undefined ? undefined : momentOf(at));
      startScheduled(world);
      events.emit();
    },
    unfreeze() {
      clock.unfreeze();
      events.emit();
    },
    fail(target, fault) {
      checkFault(target, fault);
      return faults.add(target, fault);
    },
    limit(init) {
      checkLimit(init);
      limits.demand(init, now());
    },
    handle(route, handler) {
      check(routeCheck, route, "handle", { path: "route" });
      check(callback, handler, "handle", { path: "handler" });
      const repositoryOf = (record: RepositoryRecord | undefined): FakeRepository | undefined =>
        record && repositoryHandle(world, record.id);
      return router.handle(
        handledRoute(route, repositoryOf, handler as Parameters<typeof handledRoute>[2]),
      );
    },
    on(event, listener) {
      check(eventName, event, "on", { path: "event" });
      check(callback, listener, "on", { path: "listener" });
      return events.on(event, listener);
    },
    deliver(url, init = {}) {
      checkDeliver(url, init);
      return events.deliver(url, init);
    },
    permissionsUsed: () => permissionsBlock(leastPermissions(permissions)),
    requests,
    respond: (request, links = urls) => respond(request, links),
    snapshot: () => ({ offset: clock.offset, data: store.export(), budgets: limits.export() }),
    restore(snapshot) {
      checkSnapshot(snapshot, "restore");
      clock.restore(snapshot.offset);
      store.import(snapshot.data);
      limits.import(snapshot.budgets);
      events.restart();
    },
    reset() {
      clock.reset();
      requestCount = 0;
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
    save() {
      const snapshot = fake.snapshot();
      const parts = [clock.save(), faults.save(), router.save(), events.save()];
      const putDemandsBack = limits.saveDemands();
      return () => {
        for (const putBack of parts) putBack();
        // It begins with the runs anew for the listeners that are there, and ends all demands.
        fake.restore(snapshot);
        putDemandsBack();
      };
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
