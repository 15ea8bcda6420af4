import type { FakeUrls } from "../responses/urls.ts";
import type { RunRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import { createAlarm } from "./alarm.ts";
import { createWebhook, type DeliverOptions, type Webhook } from "./delivery.ts";
import { createListeners, type Listener } from "./listeners.ts";
import type { Events } from "./payload.ts";
import { createTracker } from "./tracker.ts";

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

/** As long as nobody listens no run is followed, and what happens until then is no event. */
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
  const listeners = createListeners(seed);
  const alarm = createAlarm({ nextAt: () => tracker.nextAt(), now, look: () => emit() });
  let hooks = 0;

  const emit = (): void => {
    if (listeners.size === 0) return;
    for (let due = tracker.take(now()); due !== undefined; due = tracker.take(now())) {
      const repository = repositoryOf(due.run);
      if (repository !== undefined) listeners.publish(due, repository);
    }
    alarm.set();
  };

  const listen = (listener: Listener): (() => void) => {
    if (listeners.size === 0) tracker.follow(store.made(), now());
    else emit();
    listeners.add(listener);
    alarm.set();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) tracker.clear();
      alarm.set();
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
    deleted: (runId) => tracker.forget(runId),
    emit,
    restart() {
      tracker.clear();
      if (listeners.size > 0) tracker.follow(store.made(), now());
      alarm.set();
    },
    save: () => listeners.save(),
    clear() {
      listeners.clear();
      tracker.clear();
      alarm.clear();
      hooks = 0;
    },
  };
}
