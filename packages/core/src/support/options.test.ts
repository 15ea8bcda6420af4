import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkOptions,
  checkValue,
  kinds,
  oneOf,
  ParameterError,
  WorkflowRunsError,
} from "@workflow-runs/core/support";

const known = { retries: kinds.count, timeout: kinds.milliseconds, signal: kinds.abortSignal };

/** The message of the refusal; no other error is one. */
function messageOf(options: unknown): string | undefined {
  try {
    checkOptions("paginate", options, known);
  } catch (error) {
    if (error instanceof ParameterError) return error.message;
    throw error;
  }
  return undefined;
}

test("a misspelt option is refused with the one that was meant and all there are", () => {
  expect(messageOf({ retires: 3 })).toBe(
    'paginate: Unknown option "retires". Did you mean "retries"? Valid options: retries, timeout, signal.',
  );
});

test("an option unlike all others is refused without a guess, and without its value", () => {
  expect(messageOf({ auth: "ghp_secret" })).toBe(
    'paginate: Unknown option "auth". Valid options: retries, timeout, signal.',
  );
});

test.for([
  [{ retries: 0 }, "paginate: retries is 0, not a whole number of 1 or more."],
  [{ retries: 1.5 }, "paginate: retries is 1.5, not a whole number of 1 or more."],
  [{ retries: "3" }, 'paginate: retries is "3", not a whole number of 1 or more.'],
  [{ retries: 3n }, "paginate: retries is 3n, not a whole number of 1 or more."],
  [{ timeout: -1 }, "paginate: timeout is -1, not milliseconds, a number of 0 or more."],
  [{ timeout: Number.NaN }, "paginate: timeout is NaN, not milliseconds, a number of 0 or more."],
  [{ timeout: null }, "paginate: timeout is null, not milliseconds, a number of 0 or more."],
  [{ signal: {} }, "paginate: signal is an object, not an AbortSignal."],
  [[], "paginate: options is an array, not an object."],
  [() => {}, "paginate: options is a function, not an object."],
  ["ghp_secret", "paginate: options is a hidden string (it may be a secret), not an object."],
] as const)("$1", ([options, message]) => {
  expect(messageOf(options)).toBe(message);
});

test("what is undefined counts as absent, also under a name that is no option", () => {
  expect(messageOf(undefined)).toBeUndefined();
  expect(messageOf({ retries: undefined, other: undefined })).toBeUndefined();
});

test("right values pass", () => {
  const { signal } = new AbortController();
  expect(messageOf({ retries: 1, timeout: Infinity, signal })).toBeUndefined();
});

test("the error names its parameter, and its name survives a minifier", () => {
  const error = new ParameterError("…", { parameter: "retries" });
  expect(error).toBeInstanceOf(WorkflowRunsError);
  expect(error).toMatchObject({ name: "ParameterError", parameter: "retries" });
});

test("a choice of words names them all", () => {
  const kind = oneOf("split", "error", "truncate");
  expect(() => checkValue("paginate", "beyondLimit", "spilt", kind)).toThrow(
    'paginate: beyondLimit is "spilt", not "split", "error" or "truncate".',
  );
  expect(oneOf("only").words).toBe('"only"');
});

test("a secret value is never in the message", () => {
  const auth = { ...kinds.callback, secret: true };
  expect(() => checkValue("createClient", "auth", "ghp_secret", auth)).toThrow(
    "createClient: auth is a hidden string (it may be a secret), not a function.",
  );
});

test("one letter too many, too few, other or swapped is always recognised", () => {
  const name = fc.constantFrom("retries", "timeout", "signal");
  const slip = fc.constantFrom("add", "drop", "change", "swap");
  fc.assert(
    fc.property(
      name,
      slip,
      fc.nat(6),
      fc.constantFrom("q", "x", "z"),
      (option, kind, at, letter) => {
        const i = Math.min(at, option.length - 2);
        const head = option.slice(0, i);
        const misspelt = {
          add: `${head}${letter}${option.slice(i)}`,
          drop: `${head}${option.slice(i + 1)}`,
          change: `${head}${letter}${option.slice(i + 1)}`,
          swap: `${head}${option[i + 1]}${option[i]}${option.slice(i + 2)}`,
        }[kind];
        fc.pre(misspelt !== option);
        expect(messageOf({ [misspelt]: 1 })).toContain(`Did you mean "${option}"?`);
      },
    ),
  );
});
