// Control sequences (colours, cursor), operating system commands (links, titles), two-character escapes, and what is left
// of one that another one breaks off, so that no escape stays that the text behind it could complete:
// https://ecma-international.org/publications-and-standards/standards/ecma-48/
const escapes =
  // oxlint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\[[0-?]*[ -/]*|[ -/]*[0-Z\\-~])?/g;

// `gh run view --log` writes the escape character as `^[`. Of what follows only colours are taken for a sequence: `^[[` is
// also how a regular expression may start.
const written = /\^\[\[[\d;]*[mK]/g;

/** The text without ANSI escape sequences. */
export function withoutAnsi(text: string): string {
  const shown = text.includes("\u001b") ? text.replace(escapes, "") : text;
  return shown.includes("^[[") ? shown.replace(written, "") : shown;
}
