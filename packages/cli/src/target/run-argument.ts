import { UsageError } from "../stop-reasons.ts";
import { parseRepository, type RepositoryName } from "./repository-name.ts";

/** Which run a command is about. */
export type RunArgument =
  | { kind: "latest" }
  | { kind: "failed" }
  | {
      kind: "id";
      run_id: number;
      /** From a URL; undefined for a plain id. */
      repository?: RepositoryName;
      attempt_number?: number;
      job_id?: number;
    };

const RUN_URL =
  /^\/([^/]+)\/([^/]+)\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?(?:\/jobs?\/(\d+))?\/?$/;

/**
 * Reads RUN: a run's id, its URL in the browser (also of an attempt or a job), `latest`, or `failed`
 * (the latest that failed).
 *
 * @throws {UsageError} for anything else
 */
export function parseRunArgument(text: string): RunArgument {
  if (text === "latest" || text === "failed") return { kind: text };
  if (/^\d+$/.test(text)) return { kind: "id", run_id: parseId(text, "RUN") };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const match = url === undefined ? null : RUN_URL.exec(url.pathname);
  const repository =
    match === null ? undefined : parseRepository(`${url?.host}/${match[1]}/${match[2]}`);
  if (match === null || repository === undefined) {
    throw new UsageError(
      `RUN ${JSON.stringify(text)} is neither a run's id nor its URL, nor "latest" or "failed". \`workflow-runs list\` shows the ids.`,
    );
  }
  return {
    kind: "id",
    run_id: parseId(match[3] ?? "", "RUN"),
    repository,
    ...(match[4] !== undefined && { attempt_number: parseId(match[4], "attempt") }),
    ...(match[5] !== undefined && { job_id: parseId(match[5], "job") }),
  };
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
