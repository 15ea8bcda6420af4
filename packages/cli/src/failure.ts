import { type ApiError, TimeoutError } from "@workflow-runs/core";
import { ExitCode } from "./exit-code.ts";
import { didYouMean } from "./did-you-mean.ts";
import {
  connectionProblem,
  isCertificateProblem,
  isUnknownIssuer,
} from "./network/connection-problem.ts";
import { proxyVariable } from "./network/node-fetch.ts";
import { stoppedWatch } from "./render/stopped-watch.ts";
import type { Session } from "./session.ts";
import { Interrupted, OutputClosed, UsageError } from "./stop-reasons.ts";
import { githubHost } from "./target/repository-name.ts";
import { apiOf } from "./target/target.ts";
import { tokenVariables } from "./target/token.ts";
import { duration } from "./terminal/duration.ts";
import { plainLine } from "./terminal/plain.ts";

/** What the user reads about an error, and what the process exits with. */
export interface CommandFailure {
  /** Empty when there is nothing to say. */
  message: string;
  exitCode: ExitCode;
}

const exitCodes: Readonly<Record<string, ExitCode>> = {
  AuthenticationError: ExitCode.authentication,
  NotFoundError: ExitCode.notFound,
  GoneError: ExitCode.notFound,
  NoRunError: ExitCode.notFound,
  NoRunsError: ExitCode.notFound,
  NoWorkflowError: ExitCode.notFound,
  RunDeletedError: ExitCode.notFound,
  NoLogsError: ExitCode.notFound,
  RateLimitError: ExitCode.rateLimit,
  WaitTimeoutError: ExitCode.timeout,
  ParameterError: ExitCode.usage,
};

/** Turns what a command threw into a message and an exit code. */
export function describeFailure(error: unknown, session: Session): CommandFailure {
  if (error instanceof OutputClosed) return { message: "", exitCode: ExitCode.ok };
  if (error instanceof Interrupted) {
    return {
      message: "",
      exitCode: error.signalName === "SIGINT" ? ExitCode.interrupted : ExitCode.terminated,
    };
  }
  if (error instanceof UsageError) {
    const { unknown } = error;
    const suggestion = unknown === undefined ? [] : didYouMean(unknown.typed, unknown.words);
    return { message: [error.message, ...suggestion].join("\n"), exitCode: ExitCode.usage };
  }
  if (!(error instanceof Error)) return { message: String(error), exitCode: ExitCode.error };
  const exitCode = exitCodes[error.name] ?? ExitCode.error;
  const said = noConnection(error, session) ?? message(error);
  const lines = [...said.split("\n"), ...hints(error, session, said)];
  // A server's words may be in it, whichever server that is.
  return { message: lines.map((line) => plainLine(line)).join("\n"), exitCode };
}

/** The message with the messages of its causes, which say why there was no network. */
function message(error: Error): string {
  const messages = [stoppedWatch(error) ?? noResponse(error) ?? error.message];
  let { cause } = error;
  while (cause instanceof Error) {
    if (cause.message !== "" && !messages.some((text) => text.includes((cause as Error).message))) {
      messages.push(cause.message);
    }
    cause = cause.cause;
  }
  return messages.join(": ");
}

/** The library's words are those of Node, which says the same thing twice. */
function noConnection(error: Error, { target }: Session): string | undefined {
  if (error.name !== "NetworkError" || target === undefined) return undefined;
  const problem = connectionProblem(error);
  return problem && `No connection to ${new URL(target.baseUrl).origin}: ${problem}.`;
}

/** The library's words name an option of its own. */
function noResponse(error: Error): string | undefined {
  return error instanceof TimeoutError
    ? `GitHub did not respond within ${duration(error.timeout)}. Is https://www.githubstatus.com well?`
    : undefined;
}

/** What to do next, as far as the error tells. */
function hints(error: Error, session: Session, said: string): string[] {
  const { hasToken, hasRead, tokenSource, target, context } = session;
  const login = `set ${tokenVariables(target?.takesGitHubToken ?? true).join(" or ")}, or log in with \`gh auth login${target === undefined || target.host === "github.com" ? "" : ` --hostname ${target.host}`}\`.`;
  switch (error.name) {
    case "AuthenticationError":
      if (hasToken === false) return [`No token was sent: ${login}`];
      return [
        ...missingRights(error as ApiError, said),
        ...(tokenSource === undefined
          ? []
          : [`The token that was sent is that of ${tokenSource}.`]),
      ];
    case "RateLimitError":
      return hasToken === false ? [`No token was sent: ${login}`] : [];
    case "NotFoundError": {
      const checks = whatToCheck(error, session);
      // GitHub's response is the same for what is not there and for a private repository.
      if (hasRead) return checks;
      if (hasToken === false)
        return [...checks, `No token was sent. If the repository is private, ${login}`];
      return tokenSource === undefined
        ? checks
        : [
            ...checks,
            `If the repository is private, the token, which is that of ${tokenSource}, must be one that may read it.`,
          ];
    }
    case "ConflictError":
      return afterRefusal(said, session);
    case "ApiError":
      return beforeDispatch(said);
    case "NetworkError": {
      const proxy = proxyVariable(context.env);
      const through = proxy === undefined ? [] : [`Requests go through the proxy of ${proxy}.`];
      if (target === undefined || connectionProblem(error) === undefined) return through;
      if (isUnknownIssuer(error))
        return [
          ...through,
          "Name a file with the certificate of its authority in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS. A proxy that reads HTTPS has an authority of its own.",
        ];
      if (isCertificateProblem(error))
        return [...through, "Check this machine's clock, and whether that is the host you mean."];
      const host =
        target.baseUrl === apiOf(githubHost) ? "" : `the host, which ${target.hostSource} names, `;
      return [
        ...through,
        `Check ${host}the network, and ${proxy === undefined ? "whether a proxy is needed (HTTPS_PROXY)" : "the proxy"}.`,
      ];
    }
    default:
      return [];
  }
}

/** What may be wrong about something that is not there, by what was requested. */
function whatToCheck(error: Error, { target, followUp }: Session): string[] {
  if (target === undefined || followUp === undefined) return [];
  const { owner, repo, source } = target;
  const [, kind, id] = /\/actions\/(runs|jobs|workflows)\/([^/?\s:]+)/.exec(error.message) ?? [];
  const [, attempt] = /\/attempts\/(\d+)/.exec(error.message) ?? [];
  if (attempt !== undefined && !/\/logs\b/.test(error.message))
    return [
      `The run is there, an attempt ${attempt} is not: \`${followUp(`view ${id}`)}\` shows its latest.`,
    ];
  if (/\/logs\b/.test(error.message))
    return [
      `The ${kind === "jobs" ? "job" : "run"} is there, and its logs are not: somebody deleted them, or GitHub has not stored them yet.`,
    ];
  const other = `${source} says ${owner}/${repo}; another repository is named by -R OWNER/NAME`;
  switch (kind) {
    case "runs":
      return [`Check the run's id, ${id}: \`${followUp("list")}\` shows the runs. ${other}.`];
    case "jobs":
      return [
        `Check the job's id, ${id}: \`${followUp("view RUN")}\` shows a run's jobs. ${other}.`,
      ];
    default:
      return [`Check the repository's name: ${other}.`];
  }
}

/** What to do about a run whose state does not allow the command, by GitHub's words. */
function afterRefusal(said: string, { run_id, followUp }: Session): string[] {
  if (run_id === undefined || followUp === undefined) return [];
  const command = (name: string): string => `\`${followUp(`${name} ${run_id}`)}\``;
  if (/\bis completed\b/i.test(said))
    return [`It has ended: ${command("view")} shows how, ${command("rerun")} runs it again.`];
  if (/\balready running\b/i.test(said))
    return [`It has not ended: ${command("watch")} waits for that, ${command("cancel")} stops it.`];
  return [`${command("view")} shows its state.`];
}

/** What a workflow or its inputs lack, by GitHub's words. */
function beforeDispatch(said: string): string[] {
  if (/does not have 'workflow_dispatch' trigger/.test(said))
    return [
      "Add `workflow_dispatch:` below `on:` in its file, on the branch that it is to run on.",
    ];
  const [, input] = /Required input '([^']+)' not provided/.exec(said) ?? [];
  return input === undefined ? [] : [`Give it with \`-f ${input}=VALUE\`.`];
}

/** What the token lacks, by the headers of GitHub's refusal; nothing that was said already. */
function missingRights({ response }: ApiError, said: string): string[] {
  const header = (name: string): string | undefined => response?.headers.get(name) ?? undefined;
  const sso = /url=(https:\/\/[^;,\s]+)/.exec(header("x-github-sso") ?? "")?.[1];
  const permissions = header("x-accepted-github-permissions");
  const scopes = header("x-accepted-oauth-scopes");
  return [
    sso === undefined || said.includes(sso)
      ? ""
      : `Authorize the token for the organization's single sign-on: ${sso}`,
    permissions === undefined || /permission/i.test(said)
      ? ""
      : `The token needs the permission ${permissions.replaceAll(";", " or ").replaceAll("=", ": ")}.`,
    scopes && permissions === undefined && !said.includes(scopes) && response?.status === 403
      ? `The token needs one of the scopes ${scopes}.`
      : "",
  ].filter(Boolean);
}
