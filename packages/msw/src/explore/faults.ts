import type { Fault } from "../rules/fault.ts";
import type { LimitInit } from "../state/limits.ts";

/** Everything that can go wrong, in the order it is tried. */
export const exploreFaults = [
  "502",
  "reset",
  "time-out",
  "primary limit",
  "secondary limit",
  "304",
  "409",
  "moved on",
] as const;

/** What can go wrong at one request of a test. */
export type ExploreFault = (typeof exploreFaults)[number];

/** One request of a test, as it was without a fault. */
export interface ExploredRequest {
  /** e.g. `"GET /repos/octo-org/octo-repo/actions/runs?status=failure"` */
  request: string;
  method: string;
  /** Whether it went to the API, and not to the service that holds the logs. */
  api: boolean;
  /** Whether the response may be a 304. */
  conditional: boolean;
  /** Whether there were runs that had not ended. */
  openRuns: boolean;
}

/** How a fault is brought about. */
export type Means =
  | { kind: "fault"; fault: Fault }
  | { kind: "limit"; limit: LimitInit }
  | { kind: "not modified" }
  | { kind: "end runs" };

/** How each fault is brought about. */
export const meansOf: Readonly<Record<ExploreFault, Means>> = {
  "502": { kind: "fault", fault: { status: 502, message: null, times: 1 } },
  reset: { kind: "fault", fault: { reset: true, times: 1 } },
  "time-out": { kind: "fault", fault: { hang: true, times: 1 } },
  "primary limit": { kind: "limit", limit: { kind: "primary", reset_after: 1 } },
  "secondary limit": { kind: "limit", limit: { kind: "secondary", retry_after: 1 } },
  "304": { kind: "not modified" },
  "409": { kind: "fault", fault: { status: 409, message: "Conflict", times: 1 } },
  "moved on": { kind: "end runs" },
};

const reads = ({ method }: ExploredRequest): boolean => method === "GET" || method === "HEAD";
/** Asking for the limits costs nothing, and the storage has none. */
const counts = ({ api, request }: ExploredRequest): boolean =>
  api && !request.endsWith(" /rate_limit");

const conditions: Readonly<Record<ExploreFault, (request: ExploredRequest) => boolean>> = {
  "502": () => true,
  reset: () => true,
  "time-out": () => true,
  "primary limit": counts,
  "secondary limit": counts,
  "304": (request) => request.api && request.conditional && reads(request),
  "409": (request) => request.api && !reads(request),
  "moved on": ({ openRuns }) => openRuns,
};

/** Whether GitHub could respond to a request so. */
export function canHappen(fault: ExploreFault, request: ExploredRequest): boolean {
  return conditions[fault](request);
}
