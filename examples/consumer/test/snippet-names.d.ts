import type { Client } from "@workflow-runs/core";
import type { ActionsFake } from "@workflow-runs/msw";

// What a README snippet may use without declaring it.
declare global {
  const github: Client;
  const fake: ActionsFake;
  const owner: string;
  const repo: string;
  const run_id: number;
  const job_id: number;
}
