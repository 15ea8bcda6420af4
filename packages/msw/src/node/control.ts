import type { ActionsFake } from "../authoring/actions-fake.ts";
import { internalsOf } from "../authoring/internals.ts";
import type { Recording } from "../authoring/recorded-bodies.ts";
import { runHandle } from "../authoring/run-handle.ts";
import {
  applySeed,
  checkSeed,
  repositoryOfSeed,
  runOfSeed,
  type SeedFile,
  type SeedRun,
} from "../authoring/seed-file.ts";
import { checkPush } from "../authoring/start-run.ts";
import type { DeliverOptions, Webhook } from "../events/delivery.ts";
import { isObject } from "../input/check.ts";
import { InvalidInputError } from "../input/refusal.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { Duration } from "../rules/duration.ts";
import type { FaultTarget } from "../rules/fault.ts";
import type { LimitInit } from "../state/limits.ts";
import type { RunConclusion } from "../state/records.ts";
import type { Snapshot } from "../state/snapshot.ts";

/** Where the control API is, below the server's URL. */
export const controlPath = "/_fake";

/** A request to the control API. */
interface ControlCall {
  fake: ActionsFake;
  /** Where the URLs in bodies lead to. */
  urls: FakeUrls;
  body: Record<string, unknown>;
  state: ControlState;
}

/** What was added through the control API, to be removed through it. */
interface ControlState {
  faults: (() => void)[];
  webhooks: Webhook[];
}

/** A request of something that cannot be: 422. */
class ControlError extends Error {
  override readonly name: string = "ControlError";
}

/** Steers a fake over HTTP, for tests in any language. */
export function createControlApi(
  fake: ActionsFake,
): (request: Request, urls: FakeUrls) => Promise<Response> {
  const state: ControlState = { faults: [], webhooks: [] };
  return async (request, urls) => {
    const path = new URL(request.url).pathname.replace(/^.*?\/_fake(?=\/|$)/, "");
    const endpoint = endpoints[`${request.method} ${path === "" ? "/" : path}`];
    if (endpoint === undefined) {
      const message = `there is no ${request.method} ${controlPath}${path}: there are ${names().join(", ")}`;
      return Response.json({ message }, { status: 404 });
    }
    const body = await bodyOf(request);
    if (body === undefined) {
      return Response.json({ message: "the body is no JSON object" }, { status: 400 });
    }
    try {
      const { status = 200, json } = await endpoint({ fake, urls, body, state });
      return json === undefined
        ? new Response(null, { status: 204 })
        : Response.json(json, { status });
    } catch (error) {
      if (error instanceof InvalidInputError) {
        const { message, property } = error;
        return Response.json({ message, property }, { status: 422 });
      }
      if (error instanceof ControlError || error instanceof ReferenceError)
        return Response.json({ message: error.message }, { status: 422 });
      throw error;
    }
  };
}

interface ControlReply {
  status?: number;
  json?: unknown;
}

/** The endpoints, by method and the path below {@link controlPath}. */
const endpoints: Record<string, (call: ControlCall) => ControlReply | Promise<ControlReply>> = {
  "GET /": ({ fake }) => ({ json: { endpoints: names(), now: fake.now() } }),
  "POST /create": (call) => create(call),
  "POST /seed": ({ fake, body }) => ({
    status: 201,
    json: { repositories: applySeed(fake, body as unknown as SeedFile | Snapshot | Recording) },
  }),
  "POST /push": (call) => push(call),
  "POST /start": (call) => {
    const run = runOf(call);
    run.start();
    return { json: { run: run.data } };
  },
  "POST /complete": (call) => {
    const run = runOf(call);
    run.complete(call.body["conclusion"] as RunConclusion | undefined);
    return { json: { run: run.data } };
  },
  "POST /advance": ({ fake, body }) => {
    fake.advance(body["by"] as Duration);
    return { json: { now: fake.now() } };
  },
  "POST /freeze": ({ fake, body }) => {
    fake.freeze(body["at"] as string | undefined);
    return { json: { now: fake.now() } };
  },
  "POST /unfreeze": ({ fake }) => {
    fake.unfreeze();
    return { json: { now: fake.now() } };
  },
  "POST /fail": ({ fake, body, state }) => {
    const { target, fault, ...rest } = body;
    state.faults.push(fake.fail(target as FaultTarget, fault ?? rest));
    return {};
  },
  "DELETE /fail": ({ state }) => {
    for (const remove of state.faults.splice(0)) remove();
    return {};
  },
  "POST /limit": ({ fake, body }) => {
    fake.limit(body as unknown as LimitInit);
    return {};
  },
  "POST /deliver": ({ fake, urls, body, state }) => {
    const { url, ...options } = body;
    state.webhooks.push(fake.deliver(url as string, { ...(options as DeliverOptions), urls }));
    return { status: 201, json: {} };
  },
  "GET /deliveries": async ({ state }) => {
    await Promise.all(state.webhooks.map((webhook) => webhook.idle()));
    return {
      json: state.webhooks.flatMap(({ deliveries }) =>
        deliveries.map(({ id, event, action, status, error }) => ({
          id,
          event,
          action,
          status: status ?? null,
          error: error?.message ?? null,
        })),
      ),
    };
  },
  "GET /requests": ({ fake }) => ({ json: fake.requests }),
  "DELETE /requests": ({ fake }) => {
    fake.requests.length = 0;
    return {};
  },
  "GET /snapshot": ({ fake }) => ({ json: fake.snapshot() }),
  "POST /snapshot": ({ fake }) => ({ json: fake.snapshot() }),
  "POST /restore": ({ fake, body }) => {
    fake.restore(body as unknown as Snapshot);
    return {};
  },
  "POST /reset": ({ fake, state }) => {
    state.faults.length = 0;
    state.webhooks.length = 0;
    fake.reset();
    return {};
  },
};

function names(): string[] {
  return Object.keys(endpoints).map((name) => name.replace(" /", ` ${controlPath}/`));
}

function create({ fake, urls, body }: ControlCall): ControlReply {
  const { repository, run, ...init } = body;
  checkSeed({
    repositories: {
      [String(repository)]: { ...init, ...(run === undefined ? {} : { runs: [run] }) },
    },
  });
  const made = repositoryOfSeed(fake, String(repository), init);
  const known = { repository: { id: made.id, full_name: made.fullName } };
  if (run === undefined) return { status: 201, json: known };
  const { count, init: runInit } = runOfSeed(run as SeedRun);
  if (count !== 1) {
    made.createRuns(count, runInit);
    return { status: 201, json: { ...known, count } };
  }
  const { id } = made.createRun(runInit);
  const handle = runHandle({ ...internalsOf(fake).world, urls }, id);
  return { status: 201, json: { ...known, run: handle.data, jobs: handle.jobs } };
}

function push({ fake, urls, body }: ControlCall): ControlReply {
  const { repository, branch, ...init } = body;
  checkSeed({ repositories: { [String(repository)]: {} } });
  checkPush(branch, init);
  const started = fake.repository(String(repository)).push(branch as string | undefined, init);
  const world = { ...internalsOf(fake).world, urls };
  return { status: 201, json: { runs: started.map(({ id }) => runHandle(world, id).data) } };
}

/** The run that a body names. */
function runOf({ fake, urls, body }: ControlCall): ReturnType<typeof runHandle> {
  const { run_id } = body;
  const { world } = internalsOf(fake);
  if (typeof run_id !== "number" || world.store.run(run_id) === undefined)
    throw new ControlError(`run_id ${JSON.stringify(run_id)} is the id of no run`);
  return runHandle({ ...world, urls }, run_id);
}

/** The body, `{}` without one, undefined when it is no object. */
async function bodyOf(request: Request): Promise<Record<string, unknown> | undefined> {
  const text = request.body === null ? "" : await request.text();
  if (text.trim() === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
