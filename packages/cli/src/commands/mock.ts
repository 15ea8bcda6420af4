import { once } from "node:events";
import { createScenario, demoRepository } from "../demo/scenario.ts";
import { printJsonLine, printLines } from "../print.ts";
import { globalOptions, outputColors } from "../session.ts";
import { Interrupted, UsageError } from "../stop-reasons.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { port } from "./option-values.ts";

const ownRepositories = `
It serves the repository of \`workflow-runs demo\`. The same server with your own
repositories, tokens, and over HTTPS, is the command of @workflow-runs/msw:
  npx -p @workflow-runs/msw workflow-runs-mock --seed FILE`;

/** `mock`: the fake as a real HTTP server, for curl, gh, or a client in another language. */
export const mock: CommandFactory = (command, session) =>
  withExamples(command, [
    ["mock --port 0", "on any free port"],
    ["mock --json", "its address, for a script"],
  ])
    .addHelpText("after", ownRepositories)
    .option("-p, --port <number>", "0 is any free one", port, 4_010)
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option("--control", "open /_fake/…, through which tests in any language steer the fake")
    .action(async (flags: { port: number; host: string; control?: true }, command) => {
      const [{ createActionsFake }, { listen }] = await Promise.all([
        import("@workflow-runs/msw/fake"),
        import("@workflow-runs/msw/node"),
      ]);
      const { context } = session;
      const options = globalOptions(command);
      const fake = createActionsFake({ clock: context.now });
      createScenario(fake, context.now(), { private: false });
      const server = await listen(fake, flags).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
        throw new UsageError(
          `Port ${flags.port} is taken; choose another with --port, or 0 for any free one.`,
        );
      });
      try {
        const { url } = server;
        const colors = outputColors(session, options);
        if (options.json) await printJsonLine(session, { url, repositories: [demoRepository] });
        else {
          await printLines(session, [
            `A fake of GitHub's API is at ${colors.bold(url)}`,
            `with the repository ${demoRepository}; any token will do. Ctrl-C stops it.`,
            "",
            `  workflow-runs list -R ${demoRepository} --api-url ${url}`,
            `  curl ${url}/repos/${demoRepository}/actions/runs`,
          ]);
        }
        if (!context.signal.aborted) await once(context.signal, "abort");
      } finally {
        await server.close();
      }
      // Ctrl-C is how this command ends; anything else that stopped it is for main to tell.
      if (!(context.signal.reason instanceof Interrupted)) context.signal.throwIfAborted();
    });
