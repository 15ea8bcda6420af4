import type { DeliverOptions } from "../events/delivery.ts";
import type { Events } from "../events/payload.ts";
import {
  check,
  callback,
  is,
  listOf,
  object,
  oneOf,
  required,
  secret,
  text,
  whole,
  type Check,
} from "./check.ts";
import { url } from "./text-forms.ts";

const eventName: Check = oneOf<keyof Events>({ workflow_run: true, workflow_job: true });

/** A misspelt `secret` is in no message either. */
const deliverOptions: Check = secret(
  object<DeliverOptions>({
    secret: text,
    events: listOf(eventName),
    content_type: oneOf<NonNullable<DeliverOptions["content_type"]>>({ json: true, form: true }),
    timeout: whole(1),
    fetch: callback,
    urls: object<NonNullable<DeliverOptions["urls"]>>({
      api: required(url),
      html: required(url),
      logs: required(url),
    }),
  }),
);

const webUrl: Check = is(
  "a URL that begins with http:// or https://",
  (value) => typeof value === "string" && /^https?:/.test(value) && URL.canParse(value),
);

/** @throws {InvalidInputError} when there is no such event, or nothing to be called */
export function checkListener(event: unknown, listener: unknown): void {
  check(eventName, event, { call: "on", path: "event" });
  check(callback, listener, { call: "on", path: "listener" });
}

/** @throws {InvalidInputError} when nothing can be sent there */
export function checkDeliver(to: unknown, options: unknown): void {
  check(webUrl, to, { call: "deliver", path: "url" });
  check(deliverOptions, options, { call: "deliver", path: "" });
}
