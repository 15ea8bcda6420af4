/** Longer lines are read at both ends: nobody writes a reason into the middle of a megabyte. */
const headLength = 1_500;
const tailLength = 500;

/** What of a line is looked at: what a terminal would show of it, and of a very long one both ends. */
export function visibleText(text: string): string {
  let shown = text;
  if (shown.length > headLength + tailLength)
    shown = `${shown.slice(0, headLength)} … ${shown.slice(-tailLength)}`;
  if (shown.includes("\r")) {
    // A progress line is written over itself; what was written last stands.
    const parts = shown.split("\r");
    shown = parts.findLast((part) => part.trim() !== "") ?? "";
  }
  return shown.trimEnd();
}

/** What Flutter and Melos write before each line when they say more: `[  +21 ms] `, `[        ] `, `[     3.105s] `. */
const elapsed = /^\[ *(?:\+?[\d,.]+ ?m?s)?\] +/;

/** A line without the time that a tool has measured. */
export function withoutElapsed(text: string): string {
  return text.replace(elapsed, "");
}

/**
 * What programs that run others write before each of their lines.
 *
 * A time: `2026-11-20T10:00:00.123Z `, `[10:00:00] `, `10:00:00.123 `. Docker's buildkit: `#12 3.456 `. Mozilla's mach: `131:32.79 `. Playwright's,
 * Vite's and concurrently's: `[WebServer] `, `[0] `. Turbo's, pnpm's, Nx's and Lerna's: `web:test: `,
 * `packages/web test: `, `@scope/web: `. Stack's: `package> `. Docker compose: `db-1  | `. Xcode, Bazel, act: `[CI/build]   | `.
 */
const prefixes: readonly RegExp[] = [
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?:?\s+/,
  /^\[?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\]?:?\s+/,
  /^#\d+ (?:\d+\.\d+ ?|)/,
  /^ ?\d{1,3}:\d\d\.\d\d /,
  elapsed,
  /^\[[\w@][\w .:@/+#-]{0,60}\]\s*(?:[|│] ?)?/,
  /^[@\w][\w./@-]{0,80}(?::[\w.-]{1,60}){1,3}: ?/,
  /^[@\w][\w./@-]{0,80} (?:test|build|lint|check|typecheck|start|dev|ci|prepare|postinstall|install)(?::[\w-]+)?: ?/,
  /^@[\w.-]{1,60}\/[\w.-]{1,60}: ?/,
  /^[\w.-]{1,60}> +/,
  /^[\w.-]{1,60} {1,30}[|│] ?/,
  /^[│┃║|] ?/,
];

/** How many prefixes are taken off: a service below a task runner below a container writes three. */
const mostPrefixes = 3;

/** What buildkit writes before each line of a command: nothing else has the form, and no tool's message starts with it. */
const buildkit = /^#\d+ \d+\.\d+ (?=.)/;

/** The messages that a line may hold: as it stands, and without one, two, or three prefixes. */
export function messagesOf(visible: string): readonly string[] {
  let rest = visible.replace(buildkit, "");
  const messages = [rest];
  for (let count = 0; count < mostPrefixes; count++) {
    const found = prefixes.map((prefix) => prefix.exec(rest)?.[0].length ?? 0);
    const longest = Math.max(...found);
    if (longest === 0 || longest >= rest.length) break;
    rest = rest.slice(longest);
    messages.push(rest);
  }
  return messages;
}

// Paths, quoted words, hashes and numbers: what differs between two messages of one kind.
const variables =
  /"[^"\n]{0,200}"|'[^'\n]{0,200}'|`[^`\n]{0,200}`|\S*[\\/]\S*|\b(?:0x)?[0-9a-f]{7,}\b|\d+/gi;

/** The message without what differs between messages of one kind, to find those that are alike. */
export function templateOf(message: string): string {
  return message.slice(0, 200).replace(variables, "#").replace(/\s+/g, " ").trim().slice(0, 80);
}
