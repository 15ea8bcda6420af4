import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createActionsFake } from "../authoring/create-fake.ts";
import type { ActionsFakeOptions } from "../authoring/options.ts";
import { applySeed, type SeedFile } from "../authoring/seed-file.ts";
import { nearest } from "../input/nearest.ts";
import { InvalidInputError } from "../input/refusal.ts";
import { JsonSyntaxError, parseJson } from "./parse-json.ts";
import { listen, type FakeServer, type ListenOptions } from "./listen.ts";

const usage = `workflow-runs-mock [--port 4010] [--host 127.0.0.1] [--seed FILE] [--tokens FILE] [--control] [--tls]

Serves a fake of GitHub's REST API of workflow runs until it is interrupted.

  --port N        port to listen on; 0 for any free one (default 4010)
  --host ADDRESS  address to listen on (default 127.0.0.1: this machine only)
  --seed FILE     JSON: repositories with their runs, a snapshot, or a recording
  --tokens FILE   JSON: the tokens there are and what each may do (default: every token is good)
  --control       open /_fake/…, through which tests in any language steer the fake
  --tls           make a certificate at start, for clients that speak HTTPS only, such as gh
  --tls-host NAME one more name or address that the certificate is for; may be repeated
  --tls-ca FILE   where to write the authority that clients have to trust (default: a new folder)
  --tls-key FILE, --tls-cert FILE
                  PEM files, instead of --tls
  --logs-url URL  origin that log downloads are redirected to; it must lead to this server
  --logs-port N   port that serves the logs (default: the one after --port, where --host is not this machine only)
  --version       print the version
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
 * Starts what the arguments name.
 *
 * @returns the server, or the exit code when there is nothing to serve
 */
export async function mockCommand(context: MockCommandContext): Promise<FakeServer | number> {
  const options = readOptions(context.argv);
  if (typeof options === "string") {
    context.printError(`${options}\n\n${usage}`);
    return 2;
  }
  if (options.help || options.version) {
    context.print(options.help ? usage : `${version()}\n`);
    return 0;
  }
  try {
    const tokens = await from(options.tokens, "--tokens", async (file) => {
      const parsed = parseJson(await readFile(file, "utf8")) as NonNullable<
        ActionsFakeOptions["tokens"]
      >;
      createActionsFake({ tokens: parsed });
      return parsed;
    });
    const fake = createActionsFake({
      ...(tokens === undefined ? {} : { tokens }),
      // It may run for days, and only the control API shows the requests.
      recordRequests: options.control ? 10_000 : false,
    });
    const repositories =
      (await from(options.seed, "--seed", async (file) =>
        applySeed(fake, parseJson(await readFile(file, "utf8")) as SeedFile),
      )) ?? applySeed(fake, defaultSeed);
    const server = await listen(fake, await listenOptions(options));
    const ca = server.ca === undefined ? undefined : await writeAuthority(server.ca, options.tlsCa);
    context.print(announcement(server.url, repositories, { ca, control: options.control }));
    return server;
  } catch (error) {
    const problem = problemOf(error, options);
    if (problem === undefined) throw error;
    context.printError(`${problem}\n`);
    return 2;
  }
}

/** This package's. */
function version(): string {
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
  return version;
}

async function listenOptions(options: Options): Promise<ListenOptions> {
  const { port, host, logsUrl, logsPort, control, tlsKey, tlsCert, tls, tlsHosts } = options;
  const files =
    tlsKey === undefined || tlsCert === undefined
      ? undefined
      : { key: await readFile(tlsKey, "utf8"), cert: await readFile(tlsCert, "utf8") };
  return { port, host, logsUrl, logsPort, control, tlsHosts, tls: files ?? tls };
}

/** @returns the path of the authority that clients have to trust */
async function writeAuthority(ca: string, file: string | undefined): Promise<string> {
  const path =
    file === undefined
      ? join(await mkdtemp(join(tmpdir(), "workflow-runs-mock-")), "ca.pem")
      : resolve(file);
  await writeFile(path, ca);
  return path;
}

/** What the user can read off the terminal, and copy. */
function announcement(
  url: string,
  repositories: readonly string[],
  { ca, control }: { ca: string | undefined; control: boolean },
): string {
  const shown = repositories.slice(0, 10).join(", ");
  const more = repositories.length > 10 ? ` and ${repositories.length - 10} more` : "";
  const first = repositories[0];
  return [
    `${url} serves GitHub's API, and ${url}/api/v3 that of a GHES`,
    first === undefined ? "It serves no repository." : `It serves ${shown}${more}.`,
    ...(control ? [`${url}/_fake/ steers it.`] : []),
    ...(ca === undefined
      ? []
      : [
          `Clients must trust ${ca}: SSL_CERT_FILE for gh, Go and Ruby, REQUESTS_CA_BUNDLE for Python's requests, NODE_EXTRA_CA_CERTS for Node, --cacert for curl.`,
        ]),
    ...(first === undefined
      ? []
      : [
          `try: curl ${ca === undefined ? "" : `--cacert ${ca} `}${url}/repos/${first}/actions/runs`,
        ]),
    "Ctrl-C stops it.\n",
  ].join("\n");
}

/** A file cannot be used; the message names the option. */
class FileError extends Error {
  override readonly name: string = "FileError";
}

/** What a file says, undefined without one. */
async function from<T>(
  file: string | undefined,
  option: string,
  read: (file: string) => Promise<T>,
): Promise<T | undefined> {
  if (file === undefined) return undefined;
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof JsonSyntaxError)
      throw new FileError(`${option} ${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** What the user can do about it; undefined for a fault of ours. */
function problemOf(error: unknown, options: Options): string | undefined {
  if (error instanceof FileError || error instanceof InvalidInputError) return error.message;
  const { code, path, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") {
    const option = port === options.port ? "--port" : "--logs-port";
    return `port ${port} of ${options.host} is taken: choose another with ${option}, or 0 for any free one`;
  }
  if (code === "ENOENT") return `there is no file ${path}`;
  return code === undefined ? undefined : message;
}

interface Options {
  help: boolean;
  version: boolean;
  port: number;
  host: string;
  seed: string | undefined;
  tokens: string | undefined;
  control: boolean;
  tls: boolean;
  tlsHosts: string[];
  tlsCa: string | undefined;
  tlsKey: string | undefined;
  tlsCert: string | undefined;
  logsUrl: string | undefined;
  logsPort: number | undefined;
}

const optionTypes = {
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", short: "v", default: false },
  port: { type: "string", short: "p", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
  seed: { type: "string" },
  tokens: { type: "string" },
  control: { type: "boolean", default: false },
  tls: { type: "boolean", default: false },
  "tls-host": { type: "string", multiple: true, default: [] as string[] },
  "tls-ca": { type: "string" },
  "tls-key": { type: "string" },
  "tls-cert": { type: "string" },
  "logs-url": { type: "string" },
  "logs-port": { type: "string" },
} as const;

/** What `parseArgs` found, and the option that was most likely meant. */
function argumentProblem({ message }: Error): string {
  const [, unknown, name] = /^Unknown option '(--?([^']+))'/.exec(message) ?? [];
  if (unknown === undefined || name === undefined) return message;
  const meant = nearest(name, Object.keys(optionTypes));
  const hint = meant === undefined ? "" : ` Did you mean "--${meant}"?`;
  return `Unknown option "${unknown}".${hint}`;
}

function readOptions(argv: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({ args: [...argv], options: optionTypes });
    const { "tls-key": tlsKey, "tls-cert": tlsCert, "logs-url": logsUrl } = values;
    const port = portOf(values.port);
    const logsPort = values["logs-port"] === undefined ? undefined : portOf(values["logs-port"]);
    if (Number.isNaN(port)) return `--port is ${values.port}, not a port: give 0 to 65535.`;
    if (Number.isNaN(logsPort))
      return `--logs-port is ${values["logs-port"]}, not a port: give 0 to 65535.`;
    if ((tlsKey === undefined) !== (tlsCert === undefined))
      return "--tls-key and --tls-cert go together.";
    if (values.tls && tlsKey !== undefined)
      return "--tls makes a certificate, --tls-key and --tls-cert name one: give either.";
    if (!values.tls && (values["tls-ca"] !== undefined || values["tls-host"].length > 0))
      return "--tls-ca and --tls-host belong to --tls.";
    if (logsUrl !== undefined && !/^https?:\/\/[^/]+\/?$/.test(logsUrl))
      return `--logs-url is ${logsUrl}, not an origin: give one such as http://logs.test:4011.`;
    return {
      help: values.help,
      version: values.version,
      port,
      host: values.host,
      seed: values.seed,
      tokens: values.tokens,
      control: values.control,
      tls: values.tls,
      tlsHosts: values["tls-host"],
      tlsCa: values["tls-ca"],
      tlsKey,
      tlsCert,
      logsUrl: logsUrl?.replace(/\/$/, ""),
      logsPort,
    };
  } catch (error) {
    return argumentProblem(error as Error);
  }
}

/** NaN for what is no port. */
function portOf(text: string): number {
  return /^\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : Number.NaN;
}
