/** What the help says of a command. */
export interface HelpEntry {
  name: string;
  alias?: string;
  summary: string;
  hidden?: boolean;
}

/** The options of every command, and what the help says of each. */
export const globalFlags = {
  repo: ["-R, --repo <owner/name>", "the repository (default: that of the git remote)"],
  json: ["--json [fields]", "print JSON instead of text, all of it or FIELDS: id,actor.login"],
  jq: ["-q, --jq <program>", "print what this jq program makes of the JSON"],
  apiUrl: ["--api-url <url>", "root of GitHub's API, such as https://HOST/api/v3"],
  debug: ["--debug", "tell each request on standard error, without secrets"],
  noColor: ["--no-color", "no colours (as with NO_COLOR)"],
} as const;

/** The help of the command itself. It needs nothing but this text, because it is what a person waits for first. */
export function rootHelp(commands: readonly HelpEntry[], width: number): string {
  const visible = commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ name, alias, summary }) => [alias === undefined ? name : `${name}|${alias}`, summary]);
  const options = [
    ["-V, --version", "output the version number"],
    ...Object.values(globalFlags),
    ["-h, --help", "display help for command"],
  ];
  const names = [...visible, ["help [command]", "display help for command"]];
  const column = Math.max(...[...options, ...names].map(([term = ""]) => term.length)) + 4;
  const lines = (rows: readonly (readonly string[])[]): string[] =>
    rows.flatMap(([term = "", about = ""]) => {
      const [first = "", ...rest] = wrapped(about, Math.max(20, width - column));
      return [
        `  ${term.padEnd(column - 2)}${first}`,
        ...rest.map((line) => " ".repeat(column) + line),
      ];
    });
  return [
    "Usage: workflow-runs [options] [command]",
    "",
    "GitHub Actions workflow runs in a terminal.",
    "",
    "Options:",
    ...lines(options),
    "",
    "Commands:",
    ...lines(names),
    "",
    "`workflow-runs demo` needs no token and no network.",
    "",
  ].join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length === 0) lines.push(word);
    else if (joined.length <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}
