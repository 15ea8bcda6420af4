/** Windows PowerShell writes what a program prints as UTF-16, with a byte order mark. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** How a text at hand is encoded, by its first bytes. */
export function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/**
 * What stands before the time of a log's first line: a byte order mark, or what became of it when its bytes were read
 * in a code page: `ï»¿`, `∩╗┐`, `´╗┐`, `?`.
 */
const markBeforeTime = /^[^\w\s]{1,4}(?=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)/;

/** A line of a log without a byte order mark, also where a wrong code page has spoilt that. */
export function withoutMark(line: string): string {
  return line.replace(markBeforeTime, "");
}
