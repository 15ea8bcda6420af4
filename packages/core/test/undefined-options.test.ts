import { expect, expectTypeOf, test } from "vitest";
import {
  type CacheOptions,
  type CallOptions,
  type ClientOptions,
  createClient,
  type OperationName,
  type OperationParameters,
  type RateLimitOptions,
  type RetryOptions,
  type TimeoutOptions,
} from "../src/index.ts";

type AllUndefined<Options> = { [Name in keyof Required<Options>]: undefined };

type OptionalOf<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Name : never }[keyof T];
type Absent<T> = T extends unknown
  ? Omit<T, OptionalOf<T>> & Record<OptionalOf<T>, undefined>
  : never;

/** Operations with an optional parameter that may not be `undefined`. */
type Strict = {
  [Name in OperationName]: Absent<OperationParameters<Name>> extends OperationParameters<Name>
    ? never
    : Name;
}[OperationName];

test("every optional parameter may be undefined, of every operation", () => {
  expectTypeOf<OptionalOf<OperationParameters<"listWorkflowRunsForRepo">>>().toExtend<string>();
  expectTypeOf<"branch">().toExtend<OptionalOf<OperationParameters<"listWorkflowRunsForRepo">>>();
  expectTypeOf<Strict>().toEqualTypeOf<never>();
});

test("every option may be undefined, which is as good as absent", async () => {
  expectTypeOf<AllUndefined<ClientOptions>>().toExtend<ClientOptions>();
  expectTypeOf<AllUndefined<CallOptions>>().toExtend<CallOptions>();
  expectTypeOf<AllUndefined<CacheOptions>>().toExtend<CacheOptions>();
  expectTypeOf<AllUndefined<RetryOptions>>().toExtend<RetryOptions>();
  expectTypeOf<AllUndefined<RateLimitOptions>>().toExtend<RateLimitOptions>();
  expectTypeOf<AllUndefined<TimeoutOptions>>().toExtend<TimeoutOptions>();
  const absent = { maxAge: undefined, staleIfLimited: undefined, store: undefined };
  const github = createClient({
    auth: undefined,
    baseUrl: undefined,
    operations: undefined,
    cache: absent,
    retry: { limit: undefined, maxDelay: undefined, onRetry: undefined },
    rateLimit: { maxWait: undefined, concurrency: undefined, onLimit: undefined },
    timeout: { perTry: undefined, total: undefined, idle: undefined },
    middleware: undefined,
    fetch: () => Promise.resolve(Response.json({ id: 42 })),
  });
  const call = { signal: undefined, headers: { accept: undefined }, cache: undefined };
  expect(await github.getWorkflowRun({ owner: "o", repo: "r", run_id: 1 }, call)).toEqual({
    id: 42,
  });
});
