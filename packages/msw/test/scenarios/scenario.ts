import type { ActionsFake, Duration, FakeRepository } from "../../src/index.ts";

/** Who asks, by the token. */
export const tokens = {
  ghp_mona: { login: "mona" },
  ghs_reader: { permissions: { actions: "read" } },
  github_pat_reader: { permissions: { actions: "read" } },
} as const;

/** How it is known that GitHub behaves so. */
export type Evidence = "recorded" | "said" | "documented" | "made up";

/** One request, and what GitHub answered; `{run}` and the like stand for what `given` named. */
export interface Exchange {
  /** How often it is sent. Default once. */
  times?: number;
  /** Time that passes before it, each time. */
  after?: Duration;
  /** e.g. `"POST /actions/runs/{run}/cancel"`, below the repository's URL unless it begins with a host's path. */
  send: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Default somebody who may do everything; a token of {@link tokens}, or none. */
  as?: "nobody" | keyof typeof tokens;
  status: number;
  /** What headers hold: a text, a pattern, or null for none. */
  answers?: Record<string, string | RegExp | null>;
  /** Fields of the JSON body. */
  has?: unknown;
  /** What the body is, when it is no JSON, or a part of it. */
  text?: string | RegExp;
  /** Names a value of the body for the requests after it: `{ job: "jobs.0.id" }`. */
  keep?: Record<string, string>;
}

/** A behaviour of GitHub, as a sequence of exchanges. */
export interface Scenario {
  group:
    | "Lists"
    | "Runs and attempts"
    | "Jobs"
    | "Logs"
    | "Approvals and deployments"
    | "Workflows and artifacts"
    | "Checks and branches"
    | "HTTP";
  /** One sentence. */
  says: string;
  evidence: Evidence;
  /** Where it was recorded or said, or which page documents it. */
  source?: string;
  /** What is there before, and names for it. */
  given(
    repository: FakeRepository,
    fake: ActionsFake,
  ): Record<string, number | string | undefined> | void;
  exchanges: readonly Exchange[];
}
