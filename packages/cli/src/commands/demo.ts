import type { Context } from "../context.ts";
import { createScenario, demoRepository } from "../demo/scenario.ts";
import { virtualClock } from "../demo/virtual-clock.ts";
import { ExitCode } from "../exit-code.ts";
import { globalOptions, outputColors } from "../session.ts";
import { type CommandFactory, withExamples } from "./command.ts";

/** How many times faster than the wall clock the fake's time goes by. */
const speed = 20;

/** `demo`: the commands on a fake repository, without token and network. */
export const demo: CommandFactory = (command, session) =>
  withExamples(command, [
    ["demo", "half a minute"],
    ["demo --json", "with JSON on standard output, and what it is about on standard error"],
  ]).action(async (_flags: object, command) => {
    const { createActionsFake } = await import("@workflow-runs/msw/fake");
    const { context } = session;
    const options = globalOptions(command);
    const clock = virtualClock(context, speed);
    const fake = createActionsFake({ clock: clock.now });
    const { id } = createScenario(fake, clock.now(), { private: true });
    const inside: Context = {
      ...context,
      ...clock,
      stdout: { ...context.stdout, columns: context.stdout.columns ?? 80 },
      fetch: fake.fetch,
      env: {
        ...context.env,
        GH_REPO: demoRepository,
        GH_HOST: undefined,
        GITHUB_SERVER_URL: undefined,
        GITHUB_API_URL: undefined,
        GITHUB_TOKEN: "a-token-for-the-fake",
      },
    };
    const colors = outputColors(session, options);
    // With --json, standard output is JSON only.
    const output = options.json ? context.stderr : context.stdout;
    const extra = [...(options.json ? ["--json"] : []), ...(options.color ? [] : ["--no-color"])];
    await output.write(
      `${demoRepository} is a fake private repository inside this process.\n` +
        `No token, no network; its time goes by ${speed} times as fast as yours.\n`,
    );
    for (const { about, args } of scenes(id)) {
      await output.write(
        `\n${colors.dim(`# ${about}`)}\n${colors.bold(`$ workflow-runs ${args.join(" ")}`)}\n`,
      );
      const exitCode = await session.main([...args, ...extra], inside);
      if (exitCode !== ExitCode.ok) {
        session.exitCode = exitCode;
        return;
      }
    }
    await output.write(`\nThe same on GitHub: workflow-runs list -R owner/name\n`);
  });

/** What the demo shows, in order. */
function scenes(id: number): { about: string; args: string[] }[] {
  const run = String(id);
  return [
    { about: "What ran lately?", args: ["list"] },
    { about: "Which job and step failed?", args: ["view", "failed"] },
    { about: "Why?", args: ["explain", "failed"] },
    {
      about: "A flaky test. Run the failed jobs again, and watch.",
      args: ["rerun", run, "--failed", "--watch"],
    },
    { about: "What did it cost?", args: ["usage", run] },
  ];
}
