import type { Rule } from "../rule.ts";
import { bundlers } from "./bundlers.ts";
import { compilers } from "./compilers.ts";
import { consequences, noErrors } from "./consequences.ts";
import { general } from "./general.ts";
import { infrastructure } from "./infrastructure.ts";
import { linters } from "./linters.ts";
import { packageManagers } from "./packages.ts";
import { shells } from "./shells.ts";
import { testRunners } from "./test-runners.ts";

/** The rules that know a tool. */
export const toolRules: readonly Rule[] = [
  ...testRunners,
  ...linters,
  ...packageManagers,
  ...infrastructure,
  ...compilers,
  ...bundlers,
  ...shells,
];

/** All rules, in the order in which they are tried: the first that matches a line is the line's. */
export const allRules: readonly Rule[] = [...noErrors, ...consequences, ...toolRules, ...general];
