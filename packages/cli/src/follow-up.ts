import type { TargetOptions } from "./target/target.ts";

/** Writes out the command to use next: `watch 42` → `workflow-runs watch 42 -R cli/cli`. */
export type FollowUp = (command: string) => string;

/** A follow-up to a command with these options: they are repeated, so that it finds the same repository. */
export function followUpTo({ repo, apiUrl, color }: TargetOptions & { color: boolean }): FollowUp {
  const options = [
    ...(repo === undefined ? [] : ["-R", quoted(repo)]),
    ...(apiUrl === undefined ? [] : ["--api-url", quoted(apiUrl)]),
    ...(color ? [] : ["--no-color"]),
  ];
  return (command) => ["workflow-runs", command, ...options].join(" ");
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
