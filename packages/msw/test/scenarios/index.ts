import { checks } from "./checks.ts";
import { http } from "./http.ts";
import { lists } from "./lists.ts";
import { reviews } from "./reviews.ts";
import { runs } from "./runs.ts";
import { workflows } from "./workflows.ts";
import type { Scenario } from "./scenario.ts";

/** Every behaviour that is held against its evidence. */
export const scenarios: readonly Scenario[] = [
  ...lists,
  ...runs,
  ...reviews,
  ...workflows,
  ...checks,
  ...http,
];
