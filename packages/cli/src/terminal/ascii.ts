import { textWidth } from "./text-width.ts";

/** Our own symbols, each with one character that says the same. */
const asciiOf: Readonly<Record<string, string>> = {
  "✓": "+",
  "✗": "x",
  "⊘": "/",
  "●": "*",
  "○": "o",
  "▸": ">",
  "›": ">",
  "…": "~",
  "⋮": ":",
  "·": "-",
  "─": "-",
  "│": "|",
  "├": "|",
  "└": "`",
  "█": "#",
  "░": ".",
  "’": "'",
};

/**
 * Whether the locale of the environment can show what is not ASCII: `LC_ALL`, else `LC_CTYPE`, else `LANG`. Where
 * none is set, as in most containers, every terminal but the Linux console can.
 */
export function showsUnicode(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  if (platform === "win32") {
    return Boolean(env["WT_SESSION"] || env["TERM_PROGRAM"] || env["TERM"] || env["ConEmuTask"]);
  }
  return locale ? /utf-?8/i.test(locale) : env["TERM"] !== "linux";
}

/** The text in ASCII, as many columns wide: symbols by their like, everything else as `?`. */
export function toAscii(text: string): string {
  let result = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    result += isAscii(segment) ? segment : (asciiOf[segment] ?? "?".repeat(textWidth(segment)));
  }
  return result;
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- colour codes are ASCII too
  return /^[\u0000-\u007F]*$/.test(text);
}
