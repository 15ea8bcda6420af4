import type { authorizationOf } from "./auth.ts";
import type { Merge, SharedBudget } from "./budget.ts";
import type { CallSettings } from "./call.ts";
import type { Publish } from "./diagnostics.ts";
import type { Ring } from "./middleware.ts";
import type { ClientOptions } from "./options.ts";
import { outerRing } from "./outer-ring.ts";
import { openStore } from "./persistence.ts";
import { rawCall } from "./raw.ts";
import { askForToken } from "./token-provider.ts";

/** What of the client this is made with. */
export interface OnDemandSettings extends CallSettings {
  publish: Publish | undefined;
  authorizationOf: typeof authorizationOf;
  merge: Merge;
}

/** The parts of a client that most clients, or most calls, do without. Loaded when an option asks for one, or with the first raw call. */
export interface OnDemand {
  middleware: Ring;
  auth: Ring;
  cache: Ring;
  shared: SharedBudget;
  raw: ReturnType<typeof rawCall>;
}

/** Makes the parts for a client with these options. */
export function onDemand(options: ClientOptions, settings: OnDemandSettings): OnDemand {
  const { auth, cache, middleware = [] } = options;
  const store = typeof cache === "object" ? cache : undefined;
  const { ring, shared } = openStore(store, settings.baseUrl, settings.publish, settings.merge);
  return {
    middleware: outerRing(middleware),
    auth:
      typeof auth === "function"
        ? askForToken(auth, settings.authorizationOf)
        : (request, next) => next(request),
    cache: ring,
    shared,
    raw: rawCall(settings),
  };
}
