import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createActionsFake } from "../authoring/create-fake.ts";
import { applySeed, type SeedFile } from "../authoring/seed-file.ts";
import { InvalidInputError } from "../input/invalid-input-error.ts";
import { JsonSyntaxError, parseJson } from "./parse-json.ts";
import { listen, type FakeServer } from "./listen.ts";

const usage = `workflow-runs-mock [--port 4010] [--host 127.0.0.1] [--seed FILE] [--tls-key FILE --tls-cert FILE]

Serves a fake of GitHub's REST API of workflow runs until it is interrupted.

  --port N        port to listen on; 0 for any free one (default 4010)
  --host ADDRESS  address to listen on (default 127.0.0.1: this machine only)
  --seed FILE     JSON: repositories with their runs, a snapshot, or a recording
  --tls-key FILE, --tls-cert FILE
                  PEM files, for clients that speak HTTPS only, such as gh
`;

/** What the command talks through. */
export interface MockCommandContext {
  argv: readonly string[];
  print: (text: string) => void;
  printError: (text: string) => void;
}

const defaultSeed: SeedFile = {
  repositories: {
    "octo-org/octo-repo": {
      runs: [
        { preset: "success", count: 40 },
        { preset: "flakyMatrix", workflow: "test.yml" },
        { preset: "failure", workflow: "build.yml" },
        { preset: "waitingForDeployment" },
        { preset: "waitingForApproval" },
      ],
    },
  },
};

/**
 * Starts what the arguments ask for.
 *
 * @returns the server, or the exit code when there is nothing to serve
 */
export async function mockCommand(context: MockCommandContext): Promise<FakeServer | number> {
  const options = readOptions(context.argv);
  if (typeof options === "string") {
    context.printError(`${options}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    context.print(usage);
    return 0;
  }
  // It may run for days: nobody looks at what was asked.
  const fake = createActionsFake({ recordRequests: false });
  try {
    const seed = options.seed === undefined ? defaultSeed : await readSeed(options.seed);
    const repositories = applySeed(fake, seed);
    const { port, host, tlsKey, tlsCert } = options;
    const tls =
      tlsKey === undefined || tlsCert === undefined
        ? {}
        : { tls: { key: await readFile(tlsKey, "utf8"), cert: await readFile(tlsCert, "utf8") } };
    const server = await listen(fake, { port, host, ...tls });
    context.print(announcement(server.url, repositories));
    return server;
  } catch (error) {
    const problem = problemOf(error, options);
    if (problem === undefined) throw error;
    context.printError(`${problem}\n`);
    return 2;
  }
}

/** What the user can read off the terminal, and copy. */
function announcement(url: string, repositories: readonly string[]): string {
  const shown = repositories.slice(0, 10).join(", ");
  const more = repositories.length > 10 ? ` and ${repositories.length - 10} more` : "";
  const first = repositories[0];
  return [
    `${url} answers as GitHub's API, and ${url}/api/v3 as a GHES's`,
    first === undefined ? "It serves no repository." : `It serves ${shown}${more}.`,
    ...(first === undefined ? [] : [`try: curl ${url}/repos/${first}/actions/runs`]),
    "Ctrl-C stops it.\n",
  ].join("\n");
}

async function readSeed(file: string): Promise<SeedFile> {
  return parseJson(await readFile(file, "utf8")) as SeedFile;
}

/** What the user can do about it; undefined for a fault of ours. */
function problemOf(error: unknown, { seed, port, host }: Options): string | undefined {
  if (error instanceof InvalidInputError || error instanceof JsonSyntaxError) {
    return `--seed ${seed}: ${error.message}`;
  }
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `port ${port} of ${host} is taken: choose another with --port, or 0 for any free one`;
  if (code === "ENOENT") return `there is no file ${path}`;
  return code === undefined ? undefined : message;
}

interface Options {
  help: boolean;
  port: number;
  host: string;
  seed: string | undefined;
  tlsKey: string | undefined;
  tlsCert: string | undefined;
}

function readOptions(argv: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        help: { type: "boolean", short: "h", default: false },
        port: { type: "string", short: "p", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        seed: { type: "string" },
        "tls-key": { type: "string" },
        "tls-cert": { type: "string" },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      return `--port ${values.port} is not a port: give 0 to 65535`;
    const { "tls-key": tlsKey, "tls-cert": tlsCert } = values;
    if ((tlsKey === undefined) !== (tlsCert === undefined))
      return "--tls-key and --tls-cert go together";
    return { help: values.help, port, host: values.host, seed: values.seed, tlsKey, tlsCert };
  } catch (error) {
    return (error as Error).message;
  }
}
