import type { CommandFactory } from "./command.ts";

/** A command: what the help says of it, and where the rest is, which is loaded when the command is used. */
export interface CommandEntry {
  name: string;
  alias?: string;
  /** One line. */
  summary: string;
  /** Left out of the help. */
  hidden?: boolean;
  load: () => Promise<CommandFactory>;
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: "list",
    alias: "ls",
    summary: "List runs, newest first",
    load: async () => (await import("./list.ts")).list,
  },
  {
    name: "view",
    summary: "Show one run: its jobs, and the steps that failed",
    load: async () => (await import("./view.ts")).view,
  },
  {
    name: "open",
    summary: "Show a run in the browser",
    load: async () => (await import("./open.ts")).open,
  },
  {
    name: "logs",
    summary: "Show the logs of a run; with --failed only what went wrong",
    load: async () => (await import("./logs.ts")).logs,
  },
  {
    name: "explain",
    summary: "Tell why a run failed: for each failing step the lines that say so",
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    name: "watch",
    summary: "Watch a run to its end; exit code 3 when it does not succeed",
    load: async () => (await import("./watch.ts")).watch,
  },
  {
    name: "run",
    summary: "Start a workflow; with --wait watch the run it starts",
    load: async () => (await import("./run.ts")).run,
  },
  {
    name: "rerun",
    summary: "Run a run again: all jobs, those that failed, or one",
    load: async () => (await import("./rerun.ts")).rerun,
  },
  {
    name: "cancel",
    summary: "Cancel a run that has not completed",
    load: async () => (await import("./cancel.ts")).cancel,
  },
  {
    name: "approve",
    summary: "Let a run go on that waits for an approval or a deployment review",
    load: async () => (await import("./approve.ts")).approve,
  },
  {
    name: "deployments",
    summary: "Show the deployments a run waits for, and the reviews so far",
    load: async () => (await import("./deployments.ts")).deployments,
  },
  {
    name: "delete",
    summary: "Delete a run, or only its logs, for good",
    load: async () => (await import("./delete.ts")).remove,
  },
  {
    name: "usage",
    summary: "Show the billable time of a run, by operating system",
    load: async () => (await import("./usage.ts")).usage,
  },
  {
    name: "stats",
    summary: "Show how often runs succeed, how long they take, and what is flaky",
    load: async () => (await import("./stats.ts")).stats,
  },
  {
    name: "flaky",
    summary: "Show what failed and then passed on the same commit, or whether a failure is yours",
    load: async () => (await import("./flaky.ts")).flaky,
  },
  {
    name: "mock",
    summary: "Serve a fake of GitHub's API on this machine, until Ctrl-C",
    load: async () => (await import("./mock.ts")).mock,
  },
  {
    name: "completion",
    summary: "Print the completions for bash, zsh, fish or PowerShell",
    load: async () => (await import("./completion.ts")).completion,
  },
  {
    name: "complete",
    summary: "Print what may come next, for a shell",
    hidden: true,
    load: async () => (await import("./complete.ts")).complete,
  },
  {
    name: "demo",
    summary: "See the commands at work on a fake repository; no token, no network",
    load: async () => (await import("./demo.ts")).demo,
  },
];
