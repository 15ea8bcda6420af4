// What a person does at a terminal: choosing, confirming, stopping it, and completing with Tab.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createActionsFake, type FakeRepository } from "@workflow-runs/msw/fake";
import { type FakeServer, listen } from "@workflow-runs/msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasScript, runProcess } from "./pty.ts";

const exec = promisify(execFile);
const name = "octo-org/octo-repo";
const columns = 100;

let folder = "";
let server: FakeServer;
let repository: FakeRepository;
let ids: readonly number[] = [];
let where: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-person-"));
  const git = async (...args: string[]) => exec("git", ["-C", folder, ...args]);
  await git("init", "-q", "-b", "main");
  await git("remote", "add", "origin", `git@github.com:${name}.git`);
  const who = ["-c", "user.name=n", "-c", "user.email=n@example.com"];
  await git(...who, "commit", "-q", "--allow-empty", "-m", "A commit");
  const { stdout } = await git("rev-parse", "HEAD");
  const head_sha = stdout.trim();
  const fake = createActionsFake();
  repository = fake.repository(name);
  const init = { head_sha, branch: "main", status: "in_progress" } as const;
  // The newest is the first that is offered.
  ids = [
    repository.createRun({ ...init, display_title: "The second", workflow: "other.yml" }).id,
    repository.createRun({ ...init, display_title: "The first" }).id,
  ];
  server = await listen(fake);
  where = ["--api-url", server.url];
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const statuses = () => ids.map((id) => repository.run(id)?.data.status);

test.skipIf(!hasScript)(
  "of several runs of HEAD the second one is chosen with the arrows",
  async () => {
    const { text, exitCode } = await runProcess(["open", "--print", ...where], {
      columns,
      cwd: folder,
      keys: [
        { after: /The first/, type: "\u001B[B" },
        { after: /The first/, type: "\r" },
      ],
    });
    expect(exitCode).toBe(0);
    expect(text).toContain(`/actions/runs/${ids[0]}`);
  },
);

test.skipIf(!hasScript)("Escape in the picker ends the command, and nothing is sent", async () => {
  const { exitCode } = await runProcess(["cancel", ...where], {
    columns,
    cwd: folder,
    keys: [{ after: /The first/, type: "\u001B" }],
  });
  expect(exitCode).toBe(130);
  expect(statuses()).toEqual(["in_progress", "in_progress"]);
});

test.skipIf(!hasScript)(
  "cancel names the run and asks; anything but yes changes nothing",
  async () => {
    const chosen = { after: /The first/, type: "\r" };
    const ended = await runProcess(["cancel", ...where], {
      columns,
      cwd: folder,
      keys: [chosen, { after: /The first.*\? \[y\/N\]/s, type: "\r" }],
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.text).toContain("Nothing was changed.");
    expect(statuses()).toEqual(["in_progress", "in_progress"]);
  },
);

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it while a request hangs, on the first signal",
  async (signal) => {
    const hanging = createServer(() => {}).listen(0, "127.0.0.1");
    await once(hanging, "listening");
    const { port } = hanging.address() as AddressInfo;
    const stop = new AbortController();
    const ended = runProcess(["list", "-R", name, "--api-url", `http://127.0.0.1:${port}`], {
      signals: { on: stop.signal, send: signal },
    });
    await once(hanging, "request");
    stop.abort();
    expect(await ended).toMatchObject({ exitCode: signal === "SIGINT" ? 130 : 143, text: "" });
    hanging.closeAllConnections();
    hanging.close();
  },
);

const has = async (shell: string) =>
  exec(shell, ["--version"]).then(
    () => true,
    () => false,
  );

/** What each shell offers after `workflow-runs wat`, once it has loaded the completions. */
const shells = {
  bash: `source ./completions
COMP_WORDS=(workflow-runs wat) COMP_CWORD=1 COMP_LINE="workflow-runs wat" COMP_POINT=17
words=("\${COMP_WORDS[@]}") cword=1 cur=wat prev=workflow-runs
_get_comp_words_by_ref() { :; }; __ltrim_colon_completions() { :; }; compopt() { :; }
$(complete -p workflow-runs | sed 's/.*-F \\([^ ]*\\).*/\\1/')
echo "\${COMPREPLY[@]}"`,
  fish: `source ./completions; complete -C "workflow-runs wat"`,
  zsh: `autoload -Uz compinit; compinit -u -d ./zcompdump; source ./completions
compadd() { print -r -- compadd "$@"; }; _describe() { print -r -- \${(P)2:-} \${(P)3:-} \${(P)4:-}; }
words=(workflow-runs wat); CURRENT=2; service=workflow-runs; \${_comps[workflow-runs]}`,
};

for (const [shell, script] of Object.entries(shells)) {
  const installed = await has(shell);
  test.skipIf(!installed)(
    `${shell} loads the completions, and completes a command${installed ? "" : " (skipped: it is not installed)"}`,
    async () => {
      const { text } = await runProcess(["completion", shell]);
      await writeFile(join(folder, "completions"), text);
      const bin = join(import.meta.dirname, "../src/bin.ts");
      const program = `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`;
      await writeFile(join(folder, "workflow-runs"), program, { mode: 0o755 });
      const { PATH = "" } = process.env;
      const { stdout } = await exec(shell, ["-c", script], {
        cwd: folder,
        env: { PATH: `${folder}:${PATH}`, HOME: folder, LANG: "C.UTF-8" },
      });
      expect(stdout).toContain("watch");
    },
  );
}
