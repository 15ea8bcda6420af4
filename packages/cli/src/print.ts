import type { Session } from "./session.ts";

/** Prints lines to standard output. */
export async function printLines({ context }: Session, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await context.stdout.write(`${lines.join("\n")}\n`);
}

/** Prints one JSON document to standard output. */
export async function printJson({ context }: Session, value: unknown): Promise<void> {
  await context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints one line of JSON, for commands that go on and on. */
export async function printJsonLine({ context }: Session, value: unknown): Promise<void> {
  await context.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Tells the person at the terminal something that is no result: standard error. */
export async function note({ context }: Pick<Session, "context">, text: string): Promise<void> {
  await context.stderr.write(`${text}\n`);
}
