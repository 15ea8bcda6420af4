import { candidatesFor, type Candidate, type CompletionRequest } from "../completion/candidates.ts";
import { printLines } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { createProgram } from "../program.ts";
import type { Session } from "../session.ts";
import { listWorkflows } from "../target/find-workflow.ts";
import { findTarget } from "../target/target.ts";
import { plain } from "../terminal/plain.ts";
import { stateWord } from "../terminal/state.ts";
import type { CommandFactory } from "./command.ts";

/** How long a shell waits for names from GitHub, in milliseconds. */
const timeout = 2_000;

/** `complete -- WORDS`: what may come next, for the script of `completion`. */
export const complete: CommandFactory = (command, session) => {
  command
    .argument("[words...]")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: readonly string[]) => {
      const program = await createProgram(session, words, { out: () => {}, err: () => {} });
      const request = candidatesFor(program, words);
      const candidates = [...request.candidates, ...(await named(session, request))];
      const fitting = candidates.filter(({ value }) => value.startsWith(request.word));
      await printLines(session, [
        ...fitting.map(({ value, about }) => `${value}\t${plain(about)}`),
        // The script's own directive: no files, and in this order.
        `:${request.files ? 0 : 4}`,
      ]);
    });
};

/** Names from GitHub: workflows and recent runs. A shell is not kept waiting, and sees no error. */
async function named(session: Session, request: CompletionRequest): Promise<Candidate[]> {
  const { names, repo, apiUrl } = request;
  if (names === undefined) return [];
  const { context } = session;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeout)]);
  try {
    const target = await findTarget(context, { repo, apiUrl });
    const { connect } = await import("../network/connect.ts");
    const quiet = {
      ...session,
      context: { ...context, stderr: { ...context.stderr, write: async () => {} } },
    };
    const github = connect(quiet, target);
    const { owner, repo: name } = target;
    if (names === "workflows") {
      const workflows = await listWorkflows(github, { owner, repo: name }, signal);
      return workflows.map(({ path, name: title }) => ({
        value: path.replace(/^.*\//, ""),
        about: title,
      }));
    }
    const page = await github.listWorkflowRunsForRepo(
      { owner, repo: name, per_page: 20 },
      { signal, retry: false },
    );
    return page.workflow_runs.map((run) => ({
      value: String(run.id),
      about: `${stateWord(run)}  ${run.name ?? ""}  ${runLabel(run)}`,
    }));
  } catch {
    return [];
  }
}
