import type { Faults } from "../state/faults.ts";
import type { Limits } from "../state/limits.ts";
import type { ActionsFake } from "./actions-fake.ts";
import type { World } from "./world.ts";

/** Stands between a request and its response. */
export type Interceptor = (request: Request, pass: () => Promise<Response>) => Promise<Response>;

/** What the other parts of this package may do to a fake, and authors may not. */
export interface Internals {
  world: World;
  faults: Faults;
  limits: Limits;
  /** Replaces the interceptor, or removes it. */
  intercept(interceptor: Interceptor | undefined): void;
  /**
   * Keeps all that a test may change: what a snapshot has, faults with their counts, limits on demand,
   * whether the clock stands, routes and listeners. The function it returns puts it back, often.
   */
  save(): () => void;
  /** A fake of its own that knows nothing yet, with the same options. */
  another(): ActionsFake;
}

const known = new WeakMap<ActionsFake, Internals>();

export function keepInternals(fake: ActionsFake, internals: Internals): void {
  known.set(fake, internals);
}

/** @throws {TypeError} for what `createActionsFake` did not make */
export function internalsOf(fake: ActionsFake): Internals {
  const internals = known.get(fake);
  if (internals !== undefined) return internals;
  throw new TypeError("this is no fake: pass what createActionsFake() returned, not a copy of it");
}
