import { Argument } from "commander";
import { script } from "@bomb.sh/tab";
import { printLines } from "../print.ts";
import { type CommandFactory, withExamples } from "./command.ts";

const shells = ["bash", "zsh", "fish", "powershell"] as const;

/** `completion`: the script that a shell loads. */
export const completion: CommandFactory = (command, session) =>
  withExamples(command, [
    ["completion bash > ~/.local/share/bash-completion/completions/workflow-runs", "bash"],
    ["completion zsh > ~/.zfunc/_workflow-runs", "zsh, with ~/.zfunc in $fpath"],
    ["completion fish > ~/.config/fish/completions/workflow-runs.fish", "fish"],
    ["completion powershell >> $PROFILE", "PowerShell"],
  ])
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .action(async (shell: string) => printLines(session, [scriptOf(shell)]));

/** The script of the library, which prints it to the console. */
function scriptOf(shell: string): string {
  const lines: string[] = [];
  // oxlint-disable no-console -- it is put back at once
  const { log } = console;
  console.log = (text: string) => lines.push(text);
  try {
    script(shell, "workflow-runs", "workflow-runs");
  } finally {
    console.log = log;
  }
  // oxlint-enable no-console
  return lines.join("\n");
}
