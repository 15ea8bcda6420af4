import { expect, test } from "vitest";
import { createTerminal } from "../test/terminal.ts";
import { type Context, main, type Output } from "./index.ts";
import { type RunHistory, runStatistics } from "./stats/index.ts";

/** The names of what may be left out, or be `undefined`. */
type Optional<Of> = { [Name in keyof Of]-?: undefined extends Of[Name] ? Name : never }[keyof Of];
/** The names of what may be left out. */
type LeftOut<Of> = { [Name in keyof Of]-?: object extends Pick<Of, Name> ? Name : never }[keyof Of];
/** What may be left out as `undefined`; it compiles only where that is allowed under exactOptionalPropertyTypes. */
type Undefined<Of> = { [Name in LeftOut<Of>]: undefined } & Record<Optional<Of>, undefined>;
/** What a call of `choose` gets. */
type OfferedChoice = Parameters<NonNullable<Context["choose"]>>[1][number];

test("whatever a caller may leave out of the context may be undefined", async () => {
  const terminal = createTerminal();
  const { context } = terminal;
  terminal.repository.createRun({ status: "completed" });
  const output: Undefined<Output> & Partial<Output> = { columns: undefined, rows: undefined };
  const person: Undefined<Context> & Partial<Context> = { ask: undefined, choose: undefined };
  const all: Context = {
    ...context,
    ...person,
    stdout: { ...context.stdout, ...output },
    stderr: { ...context.stderr, ...output },
  };
  expect(await main(["list"], all)).toBe(0);
  expect(terminal.stdout()).toContain("success");
  const hint: Undefined<Omit<OfferedChoice, "value">> & Partial<OfferedChoice> = {
    hint: undefined,
  };
  expect(hint).toEqual({ hint: undefined });
});

test("so it is with what the figures are made of", () => {
  const history: Undefined<RunHistory> & Partial<RunHistory> = { firstAttempt: undefined };
  const run = { status: "in_progress", conclusion: null, created_at: "2026-01-01T00:00:00Z" };
  const histories = [{ ...history, run, jobs: [] } as unknown as RunHistory];
  expect(runStatistics(histories)).toMatchObject({ ended: 0, unfinished: 1 });
});
