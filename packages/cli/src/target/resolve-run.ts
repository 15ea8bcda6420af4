import type { Client, WorkflowRun } from "@workflow-runs/core";
import type { Context } from "../context.ts";
import { note } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { UsageError } from "../stop-reasons.ts";
import { ago } from "../terminal/duration.ts";
import { plain } from "../terminal/plain.ts";
import { stateSymbol, stateWord } from "../terminal/state.ts";
import { fullSha, type Head, headOf } from "./git-head.ts";
import type { RepositoryName } from "./repository-name.ts";
import type { RunArgument } from "./run-argument.ts";

/** There is no run like that. */
export class NoRunError extends Error {
  override readonly name: string = "NoRunError";
}

/** What is read to find a run. */
export type RunFinder = Pick<
  Client,
  "getWorkflowRun" | "getJobForWorkflowRun" | "listWorkflowRunsForRepo"
>;

/** Where a run is looked for, and what for. */
export interface RunSearch extends RepositoryName {
  github: RunFinder;
  context: Context;
  /** Whether the command changes the run: then it is never chosen among all runs of the repository. */
  changes: boolean;
}

/**
 * The run that RUN means, as GitHub has it now. Where several are as good, the person at the terminal chooses, and
 * elsewhere it is the newest.
 *
 * @throws {UsageError} when RUN is left out and here is no clone of the repository
 * @throws {NoRunError} when there is no such run
 */
export async function resolveRun(search: RunSearch, argument: RunArgument): Promise<WorkflowRun> {
  const { github, owner, repo, context } = search;
  const { signal } = context;
  switch (argument.kind) {
    case "id":
      return github.getWorkflowRun({ owner, repo, run_id: argument.run_id }, { signal });
    case "job": {
      const { job_id } = argument;
      const { run_id } = await github.getJobForWorkflowRun({ owner, repo, job_id }, { signal });
      return github.getWorkflowRun({ owner, repo, run_id }, { signal });
    }
    case "commit": {
      const runs = await runsOfCommit(search, await commitSha(search, argument.sha));
      return chooseRun(search, runs, `commit ${argument.sha}`);
    }
    case "head":
      return chooseRun(search, await runsOfHead(search, {}), "HEAD");
    default: {
      const status = argument.kind === "failed" ? { status: "failure" as const } : {};
      const [run] = await newest(search, argument.kind, status);
      if (run !== undefined) return run;
      throw noRun(search, argument.kind === "failed" ? " that failed" : "");
    }
  }
}

/** The runs of HEAD's commit, else those of the newest commit of its branch. */
export async function runsOfHead(search: RunSearch, status: Filter): Promise<WorkflowRun[]> {
  const head = await headOf(search.context, search);
  if (head !== undefined) return runsOf(search, head, status);
  throw new UsageError(
    `Say which run: its id or URL, latest or failed. Only in a clone of ${search.owner}/${search.repo} it may be left out, and is the newest run of HEAD or of the current branch.`,
  );
}

/** What `latest` and `failed` mean: of HEAD or its branch in a clone, of the repository elsewhere. */
async function newest(search: RunSearch, word: string, status: Filter): Promise<WorkflowRun[]> {
  const head = await headOf(search.context, search);
  if (head !== undefined) return runsOf(search, head, status);
  if (!search.changes) return list(search, { ...status, per_page: 1 });
  throw new UsageError(
    `Here is no clone of ${search.owner}/${search.repo}, so "${word}" could be anybody's run; give its id or URL.`,
  );
}

interface Filter {
  status?: "failure";
}

async function runsOf(search: RunSearch, head: Head, status: Filter): Promise<WorkflowRun[]> {
  const short = head.sha.slice(0, 7);
  const runs = await runsOfCommit(search, head.sha, status);
  if (runs.length > 0) return runs;
  const { branch } = head;
  if (branch === undefined) throw noRun(search, ` of HEAD (${short})`);
  const ofBranch = await list(search, { ...status, branch, per_page: 30 });
  const [first] = ofBranch;
  const failed = status.status === undefined ? "" : " that failed";
  if (first === undefined) {
    throw noRun(search, `${failed} of HEAD (${short}), nor of the branch ${plain(branch)}`);
  }
  await note(
    search,
    `HEAD (${short}) has no run${failed} yet; this is the newest of the branch ${plain(branch)}, of ${first.head_sha.slice(0, 7)}.`,
  );
  return ofBranch.filter(({ head_sha }) => head_sha === first.head_sha);
}

/** The runs of a commit. The search may be behind, so where it has none the newest of the list are looked through. */
async function runsOfCommit(
  search: RunSearch,
  head_sha: string,
  status: Filter = {},
): Promise<WorkflowRun[]> {
  const found = await list(search, { ...status, head_sha, per_page: 100 });
  if (found.length > 0) return found;
  const recent = await list(search, { per_page: 30 });
  return recent.filter(
    (run) =>
      run.head_sha === head_sha &&
      (status.status === undefined || run.conclusion === status.status),
  );
}

/** Asks which one is meant where there is a person. */
async function chooseRun(
  search: RunSearch,
  runs: readonly WorkflowRun[],
  what: string,
): Promise<WorkflowRun> {
  const [first, ...others] = runs;
  if (first === undefined) throw noRun(search, ` of ${what}`);
  const { choose, now } = search.context;
  if (others.length === 0 || choose === undefined) return first;
  return choose(
    `Which run of ${what}?`,
    runs.map((run) => ({
      value: run,
      label: `${stateSymbol(run)} ${stateWord(run)}  ${plain(run.name ?? "")} · ${runLabel(run)}`,
      hint: `${run.event}, ${ago(now() - Date.parse(run.created_at))}, ${run.id}`,
    })),
  );
}

/**
 * The full SHA of a commit: git's, else that of one of the newest runs.
 *
 * @param text A SHA, whole or its beginning, or what else git knows the commit by, such as `HEAD`.
 * @throws {UsageError} when it is not known, or not one
 */
export async function commitSha(search: RunSearch, text: string): Promise<string> {
  const sha = text.toLowerCase();
  if (/^[\da-f]{40}$/.test(sha)) return sha;
  const known = await fullSha(search.context, text);
  if (known !== undefined) return known;
  if (!/^[\da-f]{4,39}$/.test(sha)) {
    throw new UsageError(`git knows no commit ${JSON.stringify(text)} here; give its full SHA.`);
  }
  const recent = await list(search, { per_page: 100 });
  const shas = new Set(
    recent.map(({ head_sha }) => head_sha).filter((each) => each.startsWith(sha)),
  );
  const [found] = shas;
  if (found !== undefined && shas.size === 1) return found;
  throw new UsageError(
    shas.size > 1
      ? `Several commits begin with ${sha}: ${[...shas].join(", ")}.`
      : `No commit that begins with ${sha} is here, nor among the newest 100 runs; give its full SHA of 40 characters.`,
  );
}

async function list(
  { github, owner, repo, context: { signal } }: RunSearch,
  parameters: { head_sha?: string; branch?: string; status?: "failure"; per_page: number },
): Promise<WorkflowRun[]> {
  const page = await github.listWorkflowRunsForRepo({ owner, repo, ...parameters }, { signal });
  return page.workflow_runs;
}

function noRun({ owner, repo }: RepositoryName, which: string): NoRunError {
  return new NoRunError(`${owner}/${repo} has no run${which}.`);
}
