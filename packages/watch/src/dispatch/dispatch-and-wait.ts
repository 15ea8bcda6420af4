import type { CallOptions, Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import {
  checkClient,
  checkOptions,
  checkValue,
  kinds,
  type OptionKind,
} from "@workflow-runs/core/support";
import { AmbiguousRunError, NoRunsError, WaitTimeoutError } from "../errors.ts";
import { pollUntil, type Snapshot } from "../poll/poll-until.ts";
import { type WaitOptions, waitForRun, waitOptions } from "../run/wait-for-run.ts";
import { runKey } from "../run-state.ts";
import { type Dispatched, dispatchedRuns } from "./find-dispatched-run.ts";

/** The part of core's client that dispatching needs: of the client, or of one of its repositories. */
export type DispatchClient = Pick<
  Client,
  "createWorkflowDispatch" | "getWorkflowRun" | "listWorkflowRuns"
>;

/** What to dispatch, for a client bound to its repository, `github.repository("owner/name")`. */
export interface BoundDispatchParameters {
  /** The account that owns the repository: the client's own, so it may be left out. */
  owner?: string | undefined;
  /** The repository's name, without its owner: the client's own, so it may be left out. */
  repo?: string | undefined;
  /** Id or file name of the workflow. */
  workflow_id: number | string;
  /** The branch or tag to run it on. */
  ref: string;
  /** The workflow's inputs. @default the workflow's own defaults */
  inputs?: Record<string, unknown> | undefined;
}

/** What to dispatch: the parameters of `createWorkflowDispatch`. */
export interface DispatchParameters extends BoundDispatchParameters {
  /** The account that owns the repository. */
  owner: string;
  /** The repository's name, without its owner. */
  repo: string;
}

/** What to dispatch, for this client: `BoundDispatchParameters` if it is bound to a repository, else `DispatchParameters`. */
export type DispatchParametersOf<C extends DispatchClient> = [C] extends [
  Pick<RepositoryClient, "getWorkflowRun">,
]
  ? BoundDispatchParameters
  : DispatchParameters;

/** Options of `dispatchAndWait`. */
export interface DispatchOptions extends WaitOptions {
  /**
   * Milliseconds to wait for the run to appear, before a `NoRunsError`.
   * @default 60_000
   */
  appear?: number | undefined;
  /**
   * For servers that do not say which run they started (GHES before 3.21): the name of an input that the workflow
   * shows in its `run-name`. It gets a random value, by which the run is found.
   * @default found by time, event, ref and `actor`, and an AmbiguousRunError when two runs fit
   */
  marker?: string | undefined;
  /** For such servers: the login of the token's user, which tells runs of others apart. @default anybody's */
  actor?: string | undefined;
}

const dispatchOptions: Readonly<Record<keyof DispatchOptions, OptionKind>> = {
  ...waitOptions,
  appear: kinds.milliseconds,
  marker: kinds.text,
  actor: kinds.text,
};

/** How long a run must stay the only one that fits, in milliseconds: another one may not be listed yet. */
const alone = 5_000;
const searchInterval = 2_000;

interface Search extends Snapshot {
  readonly found: WorkflowRun | undefined;
}

/**
 * Starts a workflow and waits for the run that it started to end. The run's id comes from GitHub's response; on
 * servers that do not give it, the run is found by `marker`, or by time, event, ref and `actor`.
 *
 * @example
 * const { run } = await dispatchAndWait(github, { owner, repo, workflow_id: "deploy.yml", ref: "main" });
 * @throws {NoRunsError} when the run did not appear within `appear`.
 * @throws {AmbiguousRunError} when more than one run fits, on a server that gives no id.
 * @throws What `waitForRun` throws, and what the client throws for the dispatch: an `ApiError` with status 422 for a
 *   workflow without `workflow_dispatch` or an input that is not known or missing.
 * @see https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export async function dispatchAndWait<C extends DispatchClient>(
  client: C,
  parameters: DispatchParametersOf<C>,
  options: DispatchOptions = {},
): Promise<{ run: WorkflowRun }> {
  const caller = "dispatchAndWait";
  const words = "{ owner, repo, workflow_id, ref }";
  checkValue(caller, "parameters", parameters, { ...kinds.object, words });
  checkClient(caller, client, "createWorkflowDispatch");
  checkOptions(caller, options, dispatchOptions);
  const { appear = 60_000, marker, actor, ...waiting } = options;
  const { now = Date.now, timeout } = waiting;
  const start = now();
  // What is left out, the client is bound to and fills in.
  const { owner, repo } = parameters as DispatchParameters;
  const started = await dispatch(client, parameters, {
    marker,
    actor,
    now,
    signal: waiting.signal,
  });
  const look =
    started.run_id === undefined
      ? searchPoll(client, parameters, started.dispatched, now)
      : knownPoll(client, { owner, repo, run_id: started.run_id });
  const found = await findRun(look, { ...searchOptions(waiting), timeout: appear }).catch(
    (error: unknown) => {
      if (!(error instanceof WaitTimeoutError)) throw error;
      const query = `workflow ${parameters.workflow_id} on ${parameters.ref}`;
      throw new NoRunsError(appear, query, { cause: error.cause });
    },
  );
  const left = timeout === undefined ? undefined : Math.max(0, timeout - (now() - start));
  const where = { owner, repo, run_id: found.id };
  return { run: await waitForRun(client, where, { ...waiting, timeout: left }) };
}

/** The options of the wait that hold for the search as well. */
function searchOptions({ signal, onRetry, maxOutage, now, sleep, random, wake }: WaitOptions) {
  return { signal, onRetry, maxOutage, now, sleep, random, wake, interval: searchInterval };
}

interface DispatchContext {
  readonly marker: string | undefined;
  readonly actor: string | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/** Dispatches. Resolves to the run's id, or to what it can be found by. */
async function dispatch(
  client: DispatchClient,
  parameters: BoundDispatchParameters,
  { marker, actor, now, signal }: DispatchContext,
): Promise<
  { readonly run_id: number } | { readonly run_id: undefined; readonly dispatched: Dispatched }
> {
  const { inputs = {}, ...rest } = parameters as DispatchParameters;
  const value = marker === undefined ? undefined : markerValue(inputs[marker]);
  const sent = { ...inputs, ...(marker !== undefined && { [marker]: value }) };
  const { bodyProperties, success } = client.createWorkflowDispatch.operation as {
    readonly bodyProperties: readonly string[];
    readonly success: readonly number[];
  };
  // A description that knows a response without an id is an older server's.
  const before = success.includes(204)
    ? new Set((await newestRuns(client, parameters, { signal })).map(({ id }) => id))
    : new Set<number>();
  const details = bodyProperties.includes("return_run_details") && { return_run_details: true };
  const { data, response } = await client.createWorkflowDispatch.withResponse(
    { ...rest, ...(Object.keys(sent).length > 0 && { inputs: sent }), ...details },
    { signal },
  );
  const run_id = (data as { workflow_run_id?: number } | undefined)?.workflow_run_id;
  if (run_id !== undefined) return { run_id };
  const date = Date.parse(response.headers.get("date") ?? "");
  const at = Number.isNaN(date) ? now() : date;
  return { run_id, dispatched: { ref: rest.ref, at, before, actor, marker: value } };
}

/** The marker that the caller chose, or a random one. */
function markerValue(input: unknown): string {
  return typeof input === "string" && input !== "" ? input : crypto.randomUUID();
}

/** The newest runs of the workflow, from the unfiltered list, which does not lag behind. */
async function newestRuns(
  client: DispatchClient,
  parameters: BoundDispatchParameters,
  options: CallOptions,
): Promise<WorkflowRun[]> {
  const { owner, repo, workflow_id } = parameters as DispatchParameters;
  const page = await client.listWorkflowRuns({ owner, repo, workflow_id, per_page: 100 }, options);
  return page.workflow_runs;
}

/** Looks for a run whose id is known: it may not be there yet. */
function knownPoll(
  client: DispatchClient,
  parameters: { owner: string; repo: string; run_id: number },
) {
  return async (options: CallOptions): Promise<Search> => {
    const found = await client.getWorkflowRun(parameters, options).catch((error: unknown) => {
      if ((error as { status?: unknown }).status !== 404) throw error;
      return undefined;
    });
    return searchOf(found, String(found?.id));
  };
}

/** Looks for a run whose id is not known. */
function searchPoll(
  client: DispatchClient,
  parameters: BoundDispatchParameters,
  dispatched: Dispatched,
  now: () => number,
) {
  let only: { readonly id: number; readonly since: number } | undefined;
  return async (options: CallOptions): Promise<Search> => {
    const runs = dispatchedRuns(await newestRuns(client, parameters, options), dispatched);
    if (runs.length > 1) throw new AmbiguousRunError(runs);
    const [run] = runs;
    if (run?.id !== only?.id) only = run && { id: run.id, since: now() };
    const sure = dispatched.marker !== undefined || now() - (only?.since ?? now()) >= alone;
    return searchOf(sure ? run : undefined, `${run?.id} ${sure}`);
  };
}

function searchOf(found: WorkflowRun | undefined, key: string): Search {
  return { found, key: found === undefined ? key : runKey(found), queued: false, age: 0 };
}

async function findRun(
  poll: (options: CallOptions) => Promise<Search>,
  options: Parameters<typeof pollUntil>[1],
): Promise<WorkflowRun> {
  const ends = ({ found }: Search): boolean => found !== undefined;
  const show = ({ found }: Search): WorkflowRun | undefined => found;
  const searches = pollUntil({ caller: "dispatchAndWait", poll, ends, show }, options);
  for (;;) {
    const { done, value } = await searches.next();
    if (done === true) return value!;
  }
}
