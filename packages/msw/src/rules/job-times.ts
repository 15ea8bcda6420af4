import type { JobConclusion, RunStatus } from "../state/records.ts";

/** How one step goes. */
export interface StepPlan {
  name: string;
  seconds: number;
  conclusion: JobConclusion;
  /** Runs even after a failed step, like `if: always()`. */
  always: boolean;
  /** What the step prints, without timestamps; made up when missing. */
  log?: string | undefined;
  /** How many lines to make up when there is no `log`. */
  lines?: number | undefined;
}

/** How one job goes, in one attempt. */
export interface JobPlan {
  name: string;
  needs: string[];
  /** Runs even when a job it needs failed. */
  always: boolean;
  labels: string[];
  runnerName: string;
  environment?: string;
  queuedSeconds: number;
  /** The job is cancelled after so many seconds on a runner. */
  timeoutSeconds?: number;
  /** Its runner goes away in the step that fails. */
  lostRunner: boolean;
  steps: StepPlan[];
}

/** When one step begins and ends; `completedAt` is Infinity when it never ends by itself. */
export interface StepTimes {
  name: string;
  number: number;
  startedAt: number;
  completedAt: number;
  conclusion: JobConclusion;
  /** Whether it runs after a failed step, too. */
  always: boolean;
  log?: string | undefined;
  lines?: number | undefined;
}

/** When one job begins and ends, as it is known now. All times are ms since 1970, Infinity for never. */
export interface JobTimes {
  id: number;
  plan: JobPlan;
  /** The attempt that really ran it: an earlier one for a job that was carried over. */
  ranIn: number;
  createdAt: number;
  /** When it passed its environment's protection and could be queued. */
  queuedAt: number;
  startedAt: number;
  completedAt: number;
  conclusion: JobConclusion;
  steps: StepTimes[];
  /** The status it was recorded with, which it keeps until it is over. */
  recordedStatus?: RunStatus;
}
