import type { FailingStep } from "./cases/case.ts";
import { compiledCases } from "./cases/compiled.ts";
import { javascriptCases } from "./cases/javascript.ts";
import { scriptCases } from "./cases/scripts.ts";
import { testRunnerCases } from "./cases/test-runners.ts";
import { writtenCases } from "./cases/written.ts";

export type { FailingStep };

/** Steps that fail, each with what says why. */
export const failingSteps: readonly FailingStep[] = [
  ...testRunnerCases,
  ...javascriptCases,
  ...compiledCases,
  ...scriptCases,
  ...writtenCases,
];
