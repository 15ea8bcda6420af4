import type { FakeUrls } from "../responses/urls.ts";
import { seededHex } from "../rules/seeded.ts";
import type { RepositoryRecord } from "../state/records.ts";
import { payloadOf, type Events } from "./payload.ts";
import type { DueChange } from "./tracker.ts";

/** Who is called with events. */
export interface Listener {
  events: ReadonlySet<keyof Events>;
  /** Where the URLs of its payloads lead to. */
  urls: FakeUrls;
  /** @param id of the delivery: the same for all who are called with an event */
  call: (event: keyof Events, payload: Events[keyof Events], id: string) => void;
}

/** The listeners of a fake. */
export interface Listeners {
  readonly size: number;
  add(listener: Listener): void;
  delete(listener: Listener): void;
  publish(due: DueChange, repository: RepositoryRecord): void;
  /** Forgets them, and counts deliveries anew. */
  clear(): void;
  /** Keeps those that are there, and returns a function that puts them back. */
  save(): () => void;
}

/** @param seed what the ids of deliveries follow from */
export function createListeners(seed: number | string): Listeners {
  const listeners = new Set<Listener>();
  let published = 0;
  return {
    get size() {
      return listeners.size;
    },
    add(listener) {
      listeners.add(listener);
    },
    delete(listener) {
      listeners.delete(listener);
    },
    publish({ run, change }, repository) {
      published += 1;
      const id = deliveryId(seed, published);
      for (const { events, urls, call } of listeners) {
        if (events.has(change.event))
          call(change.event, payloadOf(run, change, repository, urls), id);
      }
    },
    clear() {
      listeners.clear();
      published = 0;
    },
    save() {
      const kept = [...listeners];
      return () => {
        listeners.clear();
        for (const listener of kept) listeners.add(listener);
      };
    },
  };
}

/** A UUID, as in `X-GitHub-Delivery`. */
function deliveryId(seed: number | string, count: number): string {
  return seededHex(32, seed, "delivery", count).replace(
    /^(.{8})(.{4})(.{4})(.{4})/,
    "$1-$2-$3-$4-",
  );
}
