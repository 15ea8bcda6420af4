import { expect, expectTypeOf, test } from "vitest";
import { start } from "../test/set-up.ts";
import {
  createActionsFake,
  type ActionsFakeOptions,
  type ArtifactInit,
  type BranchInit,
  type DeliverOptions,
  type EnvironmentInit,
  type ExploreOptions,
  type Fault,
  type JobInit,
  type LimitInit,
  type LogsInit,
  type PushInit,
  type RepositoryInit,
  type RunInit,
  type SeedFile,
  type SeedRun,
  type SpreadInit,
  type StepInit,
  type TokenInit,
  type WorkflowInit,
  type WorkflowInput,
  type WorkflowOn,
} from "./index.ts";
import type { RunsConstraints, WorldsConstraints } from "./fast-check/index.ts";
import type { ListenOptions } from "./node/index.ts";

/** `T` with every property that may be left out set to undefined. */
type Undefined<T> = {
  [Name in keyof T]: object extends Pick<T, Name> ? undefined : T[Name];
};

test("every option that may be left out may be undefined", () => {
  expectTypeOf<Undefined<ActionsFakeOptions>>().toExtend<ActionsFakeOptions>();
  expectTypeOf<Undefined<ArtifactInit>>().toExtend<ArtifactInit>();
  expectTypeOf<Undefined<BranchInit>>().toExtend<BranchInit>();
  expectTypeOf<Undefined<DeliverOptions>>().toExtend<DeliverOptions>();
  expectTypeOf<Undefined<EnvironmentInit>>().toExtend<EnvironmentInit>();
  expectTypeOf<Undefined<ExploreOptions>>().toExtend<ExploreOptions>();
  expectTypeOf<Undefined<Fault>>().toExtend<Fault>();
  expectTypeOf<Undefined<JobInit>>().toExtend<JobInit>();
  expectTypeOf<Undefined<LimitInit>>().toExtend<LimitInit>();
  expectTypeOf<Undefined<ListenOptions>>().toExtend<ListenOptions>();
  expectTypeOf<Undefined<LogsInit>>().toExtend<LogsInit>();
  expectTypeOf<Undefined<PushInit>>().toExtend<PushInit>();
  expectTypeOf<Undefined<RepositoryInit>>().toExtend<RepositoryInit>();
  expectTypeOf<Undefined<RunInit>>().toExtend<RunInit>();
  expectTypeOf<Undefined<RunsConstraints>>().toExtend<RunsConstraints>();
  expectTypeOf<Undefined<SeedRun>>().toExtend<SeedRun>();
  type SeedRepository = SeedFile["repositories"][string];
  expectTypeOf<Undefined<SeedRepository>>().toExtend<SeedRepository>();
  expectTypeOf<Undefined<SpreadInit>>().toExtend<SpreadInit>();
  expectTypeOf<Undefined<StepInit>>().toExtend<StepInit>();
  expectTypeOf<Undefined<TokenInit>>().toExtend<TokenInit>();
  expectTypeOf<Undefined<WorkflowInit>>().toExtend<WorkflowInit>();
  expectTypeOf<Undefined<WorkflowInput>>().toExtend<WorkflowInput>();
  expectTypeOf<Undefined<WorkflowOn>>().toExtend<WorkflowOn>();
  expectTypeOf<Undefined<WorldsConstraints>>().toExtend<WorldsConstraints>();
});

test("undefined is as good as left out", () => {
  const clock = (): number => start;
  const bare = createActionsFake({ clock });
  const explicit = createActionsFake({ clock, seed: undefined, tokens: undefined });
  const step = { name: "npm test", seconds: undefined, log: undefined };
  const run = explicit
    .repository("o/r", { private: undefined })
    .createRun({ actor: undefined, jobs: [{ name: "build", steps: [step], needs: undefined }] });
  const same = bare
    .repository("o/r")
    .createRun({ jobs: [{ name: "build", steps: [{ name: "npm test" }] }] });
  expect(run.data).toEqual(same.data);
  expect(explicit.snapshot()).toEqual(bare.snapshot());
  const workflow = {
    on: { workflow_dispatch: { inputs: { a: { default: undefined } } }, push: undefined },
  };
  explicit.repository("o/r").workflow("a.yml", workflow);
  expect(() => explicit.restore(explicit.snapshot())).not.toThrow();
});

test("a clock that shows no time is refused in words, when it is read", () => {
  for (const shown of [NaN, Infinity, -1e16, "now", undefined]) {
    const fake = createActionsFake({ clock: () => shown as number });
    expect(() => fake.now()).toThrow(
      /^createActionsFake: clock\(\) is .*, not milliseconds since 1970\.$/,
    );
  }
});
