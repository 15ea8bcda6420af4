import { selectFields } from "./json/select-fields.ts";
import type { Session } from "./session.ts";
import { wrapWords } from "./terminal/text-width.ts";

/** Prints lines to standard output. */
export async function printLines({ context }: Session, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await context.stdout.write(`${lines.join("\n")}\n`);
}

/** Prints a sentence, on a terminal between whose edges it stays; the lines below it are to be copied, so they stay whole. */
export async function printSentence(
  session: Session,
  sentence: string,
  ...whole: readonly string[]
): Promise<void> {
  const columns = session.context.stdout.columns || undefined;
  await printLines(session, [...wrapWords(sentence, columns), ...whole]);
}

/** Prints one JSON document to standard output, or what `--json FIELDS` and `--jq` make of it. */
export async function printJson(session: Session, value: unknown): Promise<void> {
  await session.context.stdout.write(jsonText(session, value, 2));
}

/** Prints one line of JSON, for commands that go on and on. */
export async function printJsonLine(session: Session, value: unknown): Promise<void> {
  await session.context.stdout.write(jsonText(session, value));
}

/** The same as text, its last line ended. */
export function jsonText({ json }: Pick<Session, "json">, value: unknown, indent?: number): string {
  const selected = selectFields(value, json.fields);
  if (json.jq === undefined) return `${JSON.stringify(selected, null, indent)}\n`;
  const text = json.jq(selected);
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** Tells the person at the terminal something that is no result: standard error. */
export async function note({ context }: Pick<Session, "context">, text: string): Promise<void> {
  const columns = context.stderr.columns || undefined;
  const lines = text.split("\n").flatMap((line) => wrapWords(line, columns));
  await context.stderr.write(`${lines.join("\n")}\n`);
}
