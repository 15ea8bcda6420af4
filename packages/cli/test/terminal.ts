import { type ActionsFake, createActionsFake, type FakeRepository } from "@workflow-runs/msw/fake";
import type { Context } from "../src/context.ts";
import { main } from "../src/main.ts";

export const startTime: number = Date.parse("2026-01-10T12:00:00Z");
export const repositoryName = "octo-org/octo-repo";

/** What a test says about the terminal; the default is no terminal at all, as in a pipe. */
export interface TerminalInit {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  env?: Record<string, string | undefined>;
  fetch?: typeof globalThis.fetch;
  /** What `git` and `gh` print, by the command line. */
  commands?: Record<string, string>;
  /** What is typed at each question. */
  typed?: string;
  /** Which of the choices is chosen, by what its label holds. */
  choice?: string;
}

/** A terminal of a test: the command runs in this process, against a fake, in a time that only sleeping moves. */
export interface Terminal {
  fake: ActionsFake;
  repository: FakeRepository;
  /** Runs the command; the repository comes from GH_REPO. */
  run(...args: string[]): Promise<number>;
  /** What was written since the last look. */
  stdout(): string;
  stderr(): string;
  /** The JSON on standard output. */
  json(): unknown;
  requests: Request[];
  questions: string[];
  /** What was to be chosen from. */
  choices: string[];
  /** The pages that were opened. */
  pages: string[];
  stop: AbortController;
  context: Context;
  /** Does something once so many milliseconds have been slept from now. */
  after(ms: number, action: () => void | Promise<void>): void;
}

export function createTerminal(init: TerminalInit = {}): Terminal {
  let time = startTime;
  const written = { stdout: "", stderr: "" };
  const stop = new AbortController();
  const requests: Request[] = [];
  const questions: string[] = [];
  const choices: string[] = [];
  const pages: string[] = [];
  const actions: { at: number; action: () => void | Promise<void> }[] = [];
  const fake = createActionsFake({ clock: () => time });
  const fetch = init.fetch ?? fake.fetch;
  const output = (name: "stdout" | "stderr") => ({
    write: async (text: string) => {
      if (name === "stdout") stop.signal.throwIfAborted();
      written[name] += text;
    },
    isTTY: init.isTTY ?? false,
    columns: init.columns,
    rows: init.rows,
  });
  const context: Context = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: { GH_REPO: repositoryName, GITHUB_TOKEN: "a-token", ...init.env },
    fetch: async (input, options) => {
      const request = new Request(input, options);
      requests.push(request.clone());
      return fetch(request);
    },
    now: () => time,
    sleep: async (ms) => {
      const until = time + ms;
      for (const { at, action } of actions.filter(({ at }) => at > time && at <= until)) {
        time = at;
        await action();
      }
      time = until;
      stop.signal.throwIfAborted();
    },
    signal: stop.signal,
    run: async (command, args) => init.commands?.[[command, ...args].join(" ")],
    ask:
      init.typed === undefined
        ? undefined
        : async (question) => {
            questions.push(question);
            return init.typed ?? "";
          },
    choose:
      init.choice === undefined
        ? undefined
        : async (question, options) => {
            questions.push(question);
            choices.push(...options.map(({ label }) => label));
            const chosen = options.find(({ label }) => label.includes(init.choice ?? ""));
            if (chosen === undefined) throw new Error(`no choice ${init.choice}`);
            return chosen.value;
          },
    openPage: async (url) => void pages.push(url),
    platform: "linux",
  };
  const take = (name: "stdout" | "stderr") => (): string => {
    const text = written[name];
    written[name] = "";
    return text;
  };
  const stdout = take("stdout");
  return {
    fake,
    repository: fake.repository(repositoryName),
    run: (...args) => main(args, context),
    stdout,
    stderr: take("stderr"),
    json: () => JSON.parse(stdout()) as unknown,
    requests,
    questions,
    choices,
    pages,
    stop,
    context,
    after: (ms, action) => void actions.push({ at: time + ms, action }),
  };
}
