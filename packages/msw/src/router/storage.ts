import { logResponse } from "../archives/log-response.ts";
import { storedResponse, type StoredResponse } from "../archives/log-service.ts";
import type { Fault } from "../rules/fault.ts";
import type { Faults } from "../state/faults.ts";
import type { Store } from "../state/store.ts";
import { corsHeaders } from "./cors.ts";
import { beforeResponse, damage } from "./faulty.ts";
import { recordedRequest, type RecordedRequest } from "./requests.ts";

/** What the storage works on. */
export interface StorageOptions {
  store: Store;
  faults: Faults;
  record: (request: RecordedRequest) => void;
  now: () => number;
}

/**
 * A download of logs or of an artifact, from the host that the API redirects to.
 *
 * @param foreign whether that is another host than the API's: a token is refused there
 */
export async function respondAsStorage(
  { store, faults, record, now }: StorageOptions,
  request: Request,
  foreign: boolean,
): Promise<Response> {
  const recorded = recordedRequest(
    request,
    { operation: "logs", path: {}, body: undefined },
    now(),
  );
  record(recorded);
  const fault = faults.promised(request.url) ?? faults.next("logs") ?? {};
  await beforeResponse(fault, request.signal);
  const authorized = foreign && request.headers.has("authorization");
  const stored = busy(fault) ?? storedResponse(store, request, authorized, now());
  const response = await damage(await logResponse(stored, request), fault);
  for (const [name, value] of Object.entries(corsHeaders)) response.headers.set(name, value);
  recorded.status = response.status;
  return response;
}

/** What a fault with a status says, in the storage's form. */
function busy({ status, message }: Fault): StoredResponse | undefined {
  if (status === undefined) return undefined;
  return { status, code: "ServerBusy", message: message ?? "The server is busy." };
}
