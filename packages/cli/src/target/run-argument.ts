import { UsageError } from "../stop-reasons.ts";
import { parseRepository, type RepositoryName } from "./repository-name.ts";

/** Which run a command is about. */
export type RunArgument =
  /** None was named: one of HEAD's commit, else of the current branch. */
  | { kind: "head" }
  | { kind: "latest" }
  | { kind: "failed" }
  | { kind: "commit"; sha: string; repository?: RepositoryName }
  /** A job, whose run GitHub knows. */
  | { kind: "job"; job_id: number; repository?: RepositoryName }
  | {
      kind: "id";
      run_id: number;
      /** From a URL; undefined for a plain id. */
      repository?: RepositoryName;
      attempt_number?: number;
      job_id?: number;
    };

/** Below `/owner/name`, in the browser and in the API. */
const runPath =
  /^\/(?:actions\/)?runs\/(\d+)(?:\/attempts\/(\d+))?(?:\/jobs?\/(\d+))?(?:\/\w+)?\/?$/;
const jobPath = /^\/actions\/jobs\/(\d+)(?:\/\w+)?\/?$/;
const commitPath = /^\/commits?\/([\da-f]{7,40})(?:\/checks(?:\/(\d+))?)?\/?$/;
const pullPath = /^\/pull\/\d+\/checks\/?$/;
const withoutScheme = /^[a-z\d][\w.-]*\.[a-z]+(:\d+)?\/[^/]+\/[^/]+\//i;

/**
 * Reads RUN: a run's id, its URL in the browser or the API (also of an attempt, a job, or a check), the SHA of a commit
 * (7 characters or more), `HEAD`, `latest`, or `failed`.
 *
 * @throws {UsageError} for anything else
 */
export function parseRunArgument(text: string | undefined): RunArgument {
  if (text === undefined || text === "HEAD") return { kind: "head" };
  if (text === "latest" || text === "failed") return { kind: text };
  if (/^[\da-f]{40}$/i.test(text)) return { kind: "commit", sha: text.toLowerCase() };
  if (/^\d+$/.test(text)) return { kind: "id", run_id: parseId(text, "RUN") };
  if (/^[\da-f]{7,39}$/i.test(text)) return { kind: "commit", sha: text.toLowerCase() };
  const found = parseUrl(withoutScheme.test(text) ? `https://${text}` : text);
  if (found !== undefined) return found;
  throw new UsageError(
    `RUN ${JSON.stringify(text)} is neither a run's id nor a URL of a run or job, nor a commit's SHA, nor "latest" or "failed". \`workflow-runs list\` shows the ids.`,
  );
}

function parseUrl(text: string): RunArgument | undefined {
  if (!URL.canParse(text)) return undefined;
  const { host, pathname, searchParams } = new URL(text);
  const path = pathname.replace(/^(?:\/api\/v3)?\/repos(?=\/)/, "");
  const isApi = path !== pathname;
  const [, owner = "", name = "", rest = ""] = /^\/([^/]+)\/([^/]+)(\/.*)$/.exec(path) ?? [];
  const repository = parseRepository(
    `${isApi ? host.replace(/^api\./, "") : host}/${owner}/${name}`,
  );
  if (repository === undefined) return undefined;
  const run = runPath.exec(rest);
  // The page of a check is below /runs, and its number is a job's.
  if (run !== null && !rest.startsWith("/actions/")) {
    return { kind: "job", job_id: parseId(run[1] ?? "", "job"), repository };
  }
  if (run !== null) {
    return {
      kind: "id",
      run_id: parseId(run[1] ?? "", "RUN"),
      repository,
      ...(run[2] !== undefined && { attempt_number: parseId(run[2], "attempt") }),
      ...(run[3] !== undefined && { job_id: parseId(run[3], "job") }),
    };
  }
  const commit = commitPath.exec(rest);
  const job =
    jobPath.exec(rest)?.[1] ??
    commit?.[2] ??
    (pullPath.test(rest) ? searchParams.get("check_run_id") : undefined);
  if (job) return { kind: "job", job_id: parseId(job, "job"), repository };
  return commit?.[1] === undefined ? undefined : { kind: "commit", sha: commit[1], repository };
}

/**
 * Reads a positive whole number of at most 2^53 - 1.
 *
 * @throws {UsageError} for anything else
 */
export function parseId(text: string, name: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new UsageError(
    `${name} ${JSON.stringify(text)} is not a positive whole number below 2^53.`,
  );
}
