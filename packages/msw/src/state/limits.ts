import { amount, check, is, object, oneOf, orNull, required, whole } from "../input/check.ts";
import { currentBudget, type Budget } from "../rules/rate-limit.ts";

/** A limit that GitHub is to report. */
export interface LimitInit {
  /** `"primary"`: the hour's requests are used up. `"secondary"`: too much at once. */
  kind: "primary" | "secondary";
  /** 403, or 429 which GitHub uses as well. @default 403 */
  status?: 403 | 429 | undefined;
  /** Secondary: seconds in `retry-after`; null leaves the header out. @default 60 */
  retry_after?: number | null | undefined;
  /** Secondary: how many requests get it. @default 1 */
  times?: number | undefined;
  /**
   * Primary: seconds from now until requests are possible again, with any token.
   * @default what is left of each token's hour
   */
  reset_after?: number | undefined;
}

const limit = object<LimitInit>({
  kind: required(oneOf({ primary: true, secondary: true })),
  status: is("403 or 429", (value) => value === 403 || value === 429),
  retry_after: orNull(amount(0)),
  times: whole(1),
  reset_after: amount(0),
});

/** @throws {InvalidInputError} when a limit cannot be what was meant */
export function checkLimit(init: unknown): void {
  check(limit, init, "limit");
}

/** The budgets of all tokens, and limits on demand. */
export interface Limits {
  /** A token's budget as it stands. */
  budget(key: string, limit: number, now: number): Budget;
  spend(key: string): void;
  /** Gives back what a 304 did not cost. */
  refund(key: string): void;
  demand(init: LimitInit, now: number): void;
  /** The limit that a request runs into by demand, if any; a secondary one is counted down. */
  demanded(): LimitInit | undefined;
  /** Keeps what is demanded as it is, and returns a function that puts it back so. */
  saveDemands(): () => void;
  export(): [string, Budget][];
  import(budgets: readonly [string, Budget][]): void;
}

export function createLimits(): Limits {
  let budgets = new Map<string, Budget>();
  let secondary: { init: LimitInit; left: number }[] = [];
  /** Everybody's budget is used up until then; those of `counted` are so already. */
  let exhausted: { until: number | undefined; counted: Set<string> } | undefined;
  return {
    budget(key, limit, now) {
      const budget = currentBudget(budgets.get(key), limit, now);
      budgets.set(key, budget);
      if (exhausted?.until !== undefined && exhausted.until <= now) exhausted = undefined;
      if (exhausted?.counted.has(key) === false) {
        exhausted.counted.add(key);
        budget.used = budget.limit;
        budget.resetAt = exhausted.until ?? budget.resetAt;
      }
      return budget;
    },
    spend(key) {
      const budget = budgets.get(key);
      if (budget !== undefined) budget.used += 1;
    },
    refund(key) {
      const budget = budgets.get(key);
      if (budget !== undefined) budget.used -= 1;
    },
    demand(init, now) {
      if (init.kind === "primary") {
        const until = init.reset_after === undefined ? undefined : now + init.reset_after * 1000;
        exhausted = { until, counted: new Set() };
      } else secondary.push({ init, left: init.times ?? 1 });
    },
    demanded() {
      const first = secondary[0];
      if (first === undefined) return undefined;
      first.left -= 1;
      if (first.left <= 0) secondary = secondary.slice(1);
      return first.init;
    },
    saveDemands() {
      const kept = structuredClone({ secondary, exhausted });
      return () => {
        ({ secondary, exhausted } = structuredClone(kept));
      };
    },
    export: () => structuredClone([...budgets]),
    import(copy) {
      budgets = new Map(structuredClone([...copy]));
      secondary = [];
      exhausted = undefined;
    },
  };
}
