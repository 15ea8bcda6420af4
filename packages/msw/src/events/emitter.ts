import type { FakeUrls } from "../responses/urls.ts";
import { seededHex } from "../rules/seeded.ts";
import type { RunRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import { createWebhook, type DeliverOptions, type Webhook } from "./delivery.ts";
import { payloadOf, type Events } from "./payload.ts";
import { createTracker, type DueChange } from "./tracker.ts";

/** Tells of what happens to runs and jobs. */
export interface Emitter {
  on<Name extends keyof Events>(event: Name, listener: (event: Events[Name]) => void): () => void;
  deliver(url: string, options: DeliverOptions): Webhook;
  /** Something was done to a run: emits what has come about. */
  changed(run: RunRecord): void;
  /** A run is there since that moment; what has come about since then is emitted by the next call of `emit`. */
  added(run: RunRecord, at: number): void;
  deleted(runId: number): void;
  /** Emits what has come about by now: the clock may have moved. */
  emit(): void;
  /** Other runs are there now, and what happened to them so far is no change. */
  restart(): void;
  /** Forgets listeners and webhooks. */
  clear(): void;
  /** Keeps the listeners and webhooks that are there, and returns a function that puts them back. */
  save(): () => void;
}

interface Listener {
  events: ReadonlySet<keyof Events>;
  urls: FakeUrls;
  call: (event: keyof Events, payload: Events[keyof Events], id: string) => void;
}

const longestTimer = 2 ** 31 - 1;

export function createEmitter(options: {
  store: Pick<Store, "repositories" | "made">;
  now: () => number;
  urls: FakeUrls;
  seed: number | string;
}): Emitter {
  const { store, now, urls, seed } = options;
  const repositoryOf = (run: RunRecord) =>
    store.repositories().find(({ id }) => id === run.repositoryId);
  const tracker = createTracker(repositoryOf);
  const listeners = new Set<Listener>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  let hooks = 0;

  const publish = ({ run, change }: DueChange): void => {
    const repository = repositoryOf(run);
    if (repository === undefined) return;
    count += 1;
    const id = seededHex(32, seed, "delivery", count).replace(
      /^(.{8})(.{4})(.{4})(.{4})/,
      "$1-$2-$3-$4-",
    );
    for (const { events, urls: own, call } of listeners) {
      if (events.has(change.event)) {
        call(change.event, payloadOf(run, change, repository, own), id);
      }
    }
  };

  /** Looks again when the next change comes, for clocks that move by themselves. */
  const schedule = (): void => {
    clearTimeout(timer);
    const wait = tracker.nextAt() - now();
    if (wait === Infinity || listeners.size === 0) return;
    timer = setTimeout(
      () => {
        const before = tracker.nextAt();
        emit();
        // A clock that stands still is looked at again when somebody moves it.
        if (tracker.nextAt() === before && wait < longestTimer) clearTimeout(timer);
      },
      Math.min(Math.max(1, Math.ceil(wait)), longestTimer),
    );
    // A test, or a command, is not kept from ending.
    (timer as { unref?: () => void }).unref?.();
  };

  const emit = (): void => {
    if (listeners.size === 0) return;
    for (let due = tracker.take(now()); due !== undefined; due = tracker.take(now())) publish(due);
    schedule();
  };

  const listen = (listener: Listener): (() => void) => {
    if (listeners.size === 0) tracker.follow(store.made(), now());
    else emit();
    listeners.add(listener);
    schedule();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) tracker.clear();
      schedule();
    };
  };

  return {
    on: (event, listener) =>
      listen({
        events: new Set([event]),
        urls,
        call: (_, payload) => listener(payload as Events[typeof event]),
      }),
    deliver(url, init) {
      hooks += 1;
      const { webhook, send } = createWebhook(url, init, {
        hookId: 400_000_000 + hooks,
        remove: () => remove(),
      });
      const remove = listen({
        events: new Set(init.events ?? ["workflow_run", "workflow_job"]),
        urls: init.urls ?? urls,
        call: (event, payload, id) => send({ id, event, payload, redelivery: false }),
      });
      return webhook;
    },
    changed(run) {
      if (listeners.size === 0) return;
      tracker.changed(run, now());
      emit();
    },
    added(run, at) {
      if (listeners.size > 0) tracker.changed(run, at);
    },
    deleted(runId) {
      tracker.forget(runId);
    },
    emit,
    restart() {
      tracker.clear();
      if (listeners.size > 0) tracker.follow(store.made(), now());
      schedule();
    },
    save() {
      const kept = [...listeners];
      return () => {
        listeners.clear();
        for (const listener of kept) listeners.add(listener);
      };
    },
    clear() {
      listeners.clear();
      tracker.clear();
      clearTimeout(timer);
      count = 0;
      hooks = 0;
    },
  };
}
