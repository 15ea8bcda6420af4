// Records `logs/*.log` anew: runs each case's tool in a project of its own, in a temporary folder, and writes what it
// printed as GitHub's runner would. `node record.ts [NAME…]`. The npm tools are installed into a temporary folder first,
// or taken from the one that TOOLS names. A tool that this machine lacks leaves its recorded log as it is, and is named.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type FailingStep, failingSteps } from "./cases.ts";

const npmTools =
  "vitest@5 jest@30 mocha@11 @playwright/test@1 typescript@5.9 eslint@9 @eslint/js@9 oxlint@1 prettier@3 @biomejs/biome@2 esbuild webpack@5 webpack-cli@6 vite@7 turbo@2 concurrently@9 ava jasmine stylelint@16 markdownlint-cli2 cspell @commitlint/cli @commitlint/config-conventional knip pnpm@10 yarn@1".split(
    " ",
  );

const names = process.argv.slice(2);
const tools = process.env["TOOLS"] ?? installed();
const logs = join(import.meta.dirname, "logs");
mkdirSync(logs, { recursive: true });
for (const step of failingSteps) {
  if (step.run === undefined || (names.length > 0 && !names.includes(step.name))) continue;
  const text = record(step, step.run, tools);
  const missing = step.reason.filter((reason) => !withoutColour(text).includes(reason));
  if (missing.length === 0) {
    writeFileSync(join(logs, `${step.name}.log`), text);
    process.stdout.write(`${step.name}: ${text.split("\n").length - 1} lines\n`);
  } else {
    process.exitCode = 1;
    process.stderr.write(
      `${step.name}: not recorded, its output lacks ${JSON.stringify(missing)}\n${text.slice(-1_500)}\n`,
    );
  }
}

function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), "failing-step-tools-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  // No tool needs its install script: what they run is in packages of their own for each platform.
  const options = ["--no-audit", "--no-fund", "--ignore-scripts"];
  const { status } = spawnSync("npm", ["install", ...options, ...npmTools], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`npm install ended with ${status}`);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function passedOn(...variables: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function withoutColour(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[\d;]*m/g, "");
}

function record({ name, files = {} }: FailingStep, run: string, from: string): string {
  const home = mkdtempSync(join(tmpdir(), "failing-step-"));
  try {
    const folder = join(home, "demo");
    mkdirSync(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    // Only what the tools are, so that package managers find no modules in the project itself.
    if (!/^(?:npm|pnpm|yarn|turbo)/.test(name) || name === "npm-lifecycle")
      symlinkSync(join(from, "node_modules"), join(folder, "node_modules"));
    const script = join(home, "script.sh");
    writeFileSync(script, run);
    const { stdout, status } = spawnSync(
      "bash",
      ["-c", `bash --noprofile --norc -e -o pipefail ${script} 2>&1`],
      {
        cwd: folder,
        encoding: "utf8",
        timeout: 180_000,
        maxBuffer: 2 ** 28,
        env: {
          HOME: home,
          // The machine's registry and certificates, which npm, pnpm and yarn look up.
          ...passedOn("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy"),
          npm_config_userconfig:
            process.env["npm_config_userconfig"] ?? `${process.env["HOME"]}/.npmrc`,
          PATH: `${dirname(process.execPath)}:${join(from, "node_modules/.bin")}:${process.env["PATH"]}`,
          CI: "true",
          GITHUB_ACTIONS: /github/.test(name) ? "true" : "",
          LANG: "C.UTF-8",
          npm_config_update_notifier: "false",
          npm_config_fund: "false",
          npm_config_audit: "false",
          GOFLAGS: "-mod=mod",
          GOPROXY: "off",
          CARGO_HOME: process.env["CARGO_HOME"] ?? `${process.env["HOME"]}/.cargo`,
          RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? `${process.env["HOME"]}/.rustup`,
          TURBO_TELEMETRY_DISABLED: "1",
        },
      },
    );
    if (status === 0) return `${name} succeeded\n`;
    const output = stdout
      .replaceAll(script, "/home/runner/work/_temp/script.sh")
      .replaceAll(folder, "/home/runner/work/demo/demo")
      .replaceAll(home, "/home/runner")
      .replaceAll(from, "/home/runner/work/demo/demo")
      .replaceAll(process.env["HOME"] ?? home, "/home/runner")
      .replace(/^::(error|warning|notice)[^:\n]*::/gm, "##[$1]");
    return [
      `##[group]Run ${run.split("\n", 1)[0]}`,
      ...run.split("\n").map((line) => `\u001b[36;1m${line}\u001b[0m`),
      "shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}",
      "##[endgroup]",
      ...output.trimEnd().split("\n"),
      `##[error]Process completed with exit code ${status ?? 137}.`,
      "",
    ].join("\n");
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
