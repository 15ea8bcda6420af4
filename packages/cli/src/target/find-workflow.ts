import type { Client } from "@workflow-runs/core";
import { UsageError } from "../stop-reasons.ts";
import { plain } from "../terminal/plain.ts";

/** There is no workflow like that. */
export class NoWorkflowError extends Error {
  override readonly name: string = "NoWorkflowError";
}

/** What of a workflow finds it. */
export interface WorkflowName {
  id: number;
  name: string;
  path: string;
  state: string;
}

/** Every workflow of the repository. */
export async function listWorkflows(
  github: Pick<Client, "listRepoWorkflows">,
  { owner, repo }: { owner: string; repo: string },
  signal: AbortSignal,
): Promise<WorkflowName[]> {
  const workflows: WorkflowName[] = [];
  for (let page = 1; ; page += 1) {
    const { total_count, workflows: more } = await github.listRepoWorkflows(
      { owner, repo, per_page: 100, page },
      { signal },
    );
    workflows.push(...more);
    if (more.length === 0 || workflows.length >= total_count) return workflows;
  }
}

/**
 * What GitHub takes for a workflow: its file or id as they are, and the id of the one with this name.
 *
 * @throws {NoWorkflowError} when none has the name
 * @throws {UsageError} when several have
 */
export async function findWorkflow(
  github: Pick<Client, "listRepoWorkflows">,
  repository: { owner: string; repo: string },
  text: string,
  signal: AbortSignal,
): Promise<number | string> {
  if (/^\d+$/.test(text)) return Number(text);
  if (/^[^/]+\.ya?ml$/.test(text)) return text;
  return workflowNamed(await listWorkflows(github, repository, signal), text).id;
}

/**
 * Does something with a workflow that `findWorkflow` has found. Where GitHub does not find it, the error names those that there are.
 *
 * @throws {NoWorkflowError} instead of the 404
 */
export async function withWorkflow<Result>(
  github: Pick<Client, "listRepoWorkflows">,
  repository: { owner: string; repo: string },
  workflow: number | string,
  signal: AbortSignal,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if ((error as { status?: unknown } | null)?.status !== 404) throw error;
    const all = await listWorkflows(github, repository, signal).catch(() => []);
    const isThere = all.some(
      ({ id, path }) => id === workflow || path.replace(/^.*\//, "") === workflow,
    );
    if (all.length === 0 || isThere) throw error;
    throw noWorkflow(all, String(workflow));
  }
}

/** The workflow with this name, path, or file without its ending; one that is not disabled goes first. */
export function workflowNamed(all: readonly WorkflowName[], text: string): WorkflowName {
  const wanted = text.toLowerCase();
  const found = all.filter(({ name, path }) =>
    [name, path, path.replace(/^.*\//, "").replace(/\.ya?ml$/, "")].some(
      (each) => each.toLowerCase() === wanted,
    ),
  );
  const active = found.filter(({ state }) => state === "active");
  const [one, ...others] = active.length > 0 ? active : found;
  if (one !== undefined && others.length === 0) return one;
  if (one === undefined) throw noWorkflow(all, text);
  throw new UsageError(
    `Several workflows are called ${JSON.stringify(text)}; give the file: ${listed([one, ...others])}.`,
  );
}

function noWorkflow(all: readonly WorkflowName[], text: string): NoWorkflowError {
  return new NoWorkflowError(
    `There is no workflow ${JSON.stringify(text)}. Workflows: ${listed(all)}.`,
  );
}

function listed(workflows: readonly WorkflowName[]): string {
  return workflows.map(({ name, path }) => `${plain(name)} (${plain(path)})`).join(", ") || "none";
}
