import { sign } from "@octokit/webhooks-methods";
import {
  callback,
  check,
  is,
  listOf,
  object,
  oneOf,
  required,
  text,
  whole,
} from "../input/check.ts";
import { url as urlCheck } from "../input/text-forms.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { eventName, type Events } from "./payload.ts";

/** What `fake.deliver` takes. */
export interface DeliverOptions {
  /** Signs each delivery: `X-Hub-Signature-256`. @default no signature */
  secret?: string | undefined;
  /** Which events are sent. @default all */
  events?: readonly (keyof Events)[] | undefined;
  /** `"form"` puts the JSON into a field `payload`. @default "json" */
  content_type?: "json" | "form" | undefined;
  /** Milliseconds until a delivery has failed. @default 10_000, as on GitHub */
  timeout?: number | undefined;
  /** Sends the deliveries. @default the global `fetch`, read at each delivery */
  fetch?: typeof globalThis.fetch | undefined;
  /** Where the URLs in payloads lead to. @default where the fake's own do */
  urls?: FakeUrls | undefined;
}

const deliverOptions = object<DeliverOptions>({
  secret: text,
  events: listOf(eventName),
  content_type: oneOf({ json: true, form: true }),
  timeout: whole(1),
  fetch: callback,
  urls: object<FakeUrls>({
    api: required(urlCheck),
    html: required(urlCheck),
    logs: required(urlCheck),
  }),
});

const webUrl = is<string>(
  "a URL that begins with http:// or https://",
  (value) => typeof value === "string" && /^https?:/.test(value) && URL.canParse(value),
);

/** @throws {InvalidInputError} when nothing can be sent there */
export function checkDeliver(url: unknown, options: unknown): void {
  check(webUrl, url, "deliver", { path: "url" });
  // A misspelt `secret` is in no message either.
  check(deliverOptions, options, "deliver", { secret: true });
}

/** One delivery, as the page "Recent deliveries" of a webhook shows it. */
export interface Delivery {
  /** The `X-GitHub-Delivery`; a redelivery has the same. */
  readonly id: string;
  readonly event: keyof Events;
  readonly action: string;
  readonly payload: Events[keyof Events];
  readonly redelivery: boolean;
  /** The status of the response; undefined without one (yet). */
  readonly status: number | undefined;
  /** Why there was no response. */
  readonly error: Error | undefined;
}

/** A webhook of the fake. */
export interface Webhook {
  /** Every delivery in the order they were sent; yours to empty. */
  readonly deliveries: Delivery[];
  /** Sends one once more. GitHub never does so by itself. */
  redeliver(id: string): void;
  /** Resolves when nothing is left to be sent, whatever became of it. */
  idle(): Promise<void>;
  /** Sends no more; what is on its way arrives. */
  remove(): void;
}

/** What a webhook sends. */
interface Sent {
  id: string;
  event: keyof Events;
  payload: Events[keyof Events];
  redelivery: boolean;
}

/**
 * Sends events to a URL, one after the other.
 *
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers
 */
export function createWebhook(
  url: string,
  options: DeliverOptions,
  details: { hookId: number; remove: () => void },
): { webhook: Webhook; send: (sent: Sent) => void } {
  const deliveries: Delivery[] = [];
  let queue: Promise<void> = Promise.resolve();
  const send = (sent: Sent): void => {
    const delivery = {
      ...sent,
      action: sent.payload.action as string,
      status: undefined as number | undefined,
      error: undefined as Error | undefined,
    };
    deliveries.push(delivery);
    const before = queue;
    queue = (async () => {
      await before;
      try {
        delivery.status = await post(url, options, details.hookId, sent);
      } catch (error) {
        delivery.error = error as Error;
      }
    })();
  };
  const webhook: Webhook = {
    deliveries,
    redeliver(id) {
      const known = deliveries.find((delivery) => delivery.id === id);
      if (known === undefined) {
        throw new ReferenceError(
          `there is no delivery ${id}: see webhook.deliveries for their ids`,
        );
      }
      send({ id, event: known.event, payload: known.payload, redelivery: true });
    },
    async idle() {
      let waited: Promise<void>;
      do {
        waited = queue;
        await waited;
      } while (waited !== queue);
    },
    remove: details.remove,
  };
  return { webhook, send };
}

/** @returns the status; what the receiver says is nobody's business */
async function post(
  url: string,
  { secret, content_type = "json", timeout = 10_000, fetch = globalThis.fetch }: DeliverOptions,
  hookId: number,
  { id, event, payload }: Sent,
): Promise<number> {
  const json = JSON.stringify(payload);
  const form = content_type === "form";
  const body = form ? new URLSearchParams({ payload: json }).toString() : json;
  const response = await fetch(url, {
    method: "POST",
    // GitHub does not follow a redirect.
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
    headers: {
      accept: "*/*",
      "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
      "user-agent": "GitHub-Hookshot/fake",
      "x-github-delivery": id,
      "x-github-event": event,
      "x-github-hook-id": String(hookId),
      "x-github-hook-installation-target-id": String(payload.repository.id),
      "x-github-hook-installation-target-type": "repository",
      ...(secret === undefined ? {} : { "x-hub-signature-256": await sign(secret, body) }),
    },
    body,
  });
  await response.body?.cancel();
  return response.status;
}
