import type { DeliverOptions, Webhook } from "../events/delivery.ts";
import type { Events } from "../events/payload.ts";
import type { Moment } from "../input/text-forms.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { HandledCall } from "../router/handled.ts";
import type { RecordedRequest } from "../router/requests.ts";
import type { Duration } from "../rules/duration.ts";
import type { Fault, FaultTarget } from "../rules/fault.ts";
import type { HandledRoute } from "../rules/route-name.ts";
import type { LimitInit } from "../state/limits.ts";
import type { Snapshot } from "../state/snapshot.ts";
import type { RepositoryInit } from "./options.ts";
import type { LoadableBody } from "./recorded-bodies.ts";
import type { FakeRepository } from "./repository-handle.ts";

/** A stateful fake of GitHub's REST API of workflow runs. */
export interface ActionsFake {
  /** The API's base URL, without a slash at the end. */
  readonly baseUrl: string;
  /** The origin that log downloads are redirected to. */
  readonly logsUrl: string;
  /** Responds like GitHub; pass it to any client that takes a `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** The repository `owner/name`, created on first use; what `init` says is changed later on, too. */
  repository(fullName: string, init?: RepositoryInit): FakeRepository;
  /**
   * Adds runs and jobs as GitHub gave them once; gives the runs' ids. It takes the body of a list of
   * runs or jobs, a run, a webhook's payload, and lists of those or of exchanges
   * (`{ request, response: { body } }`). Statuses, runners and the order stay as recorded until the
   * runs are started.
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
   * Makes something go wrong from now on; returns a function that removes it.
   *
   * @throws {InvalidInputError} when there is no such operation or fault
   */
  fail(target: FaultTarget, fault: Fault): () => void;
  /** Makes GitHub report a rate limit: the primary until it resets, a secondary `times` times. */
  limit(init: LimitInit): void;
  /**
   * Adds a route that the fake does not imitate, or in place of the fake. Below
   * `/repos/:owner/:repo` the repository must be there and the token must reach it; faults, limits,
   * headers and the record are as for any other route. `:path+` takes several segments.
   *
   * @returns a function that removes the route
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
  /** Every request the fake served, also downloads of logs and artifacts, in the order they came; yours to empty. */
  readonly requests: RecordedRequest[];
  /**
   * The least `permissions:` block of a workflow file that is enough for the requests so far, also
   * of public repositories; without those of routes of your own.
   */
  permissionsUsed(): string;
  /**
   * Responds to one request and follows nothing: what a server or an interceptor needs.
   *
   * @param urls where the URLs in bodies and redirects lead to, instead of the fake's own
   */
  respond(request: Request, urls?: FakeUrls): Promise<Response>;
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
  /**
   * Goes back to what `createActionsFake` made, so that nothing leaks from test to test: without
   * repositories, runs, faults, limits, requests, routes of {@link ActionsFake.handle}, listeners of
   * {@link ActionsFake.on} and webhooks, and with the clock as it goes by itself. What every test needs
   * belongs in a `beforeEach`.
   */
  reset(): void;
}
