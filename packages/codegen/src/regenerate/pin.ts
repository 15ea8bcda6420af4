import { InputError } from "../errors.ts";
import type { PinnedPackage } from "../registry/package-files.ts";

/**
 * The text of a configuration with its pin moved, and a target for every newer GitHub Enterprise Server that the
 * package has a description of. Everything else in the text stays as it was written.
 *
 * @param files The paths of the package's files.
 */
export function withPin(text: string, pin: PinnedPackage, files: readonly string[]): string {
  const { version, integrity } = pin;
  const moved = withValue(withValue(text, "version", version), "integrity", integrity);
  return files
    .map((file) => /^(.*)ghes-(\d+)\.(\d+)\.json$/.exec(file))
    .filter((match) => match !== null)
    .sort((a, b) => rank(a) - rank(b))
    .reduce(withServer, moved);
}

function rank(match: RegExpExecArray): number {
  return Number(match[2]) * 1000 + Number(match[3]);
}

function withValue(text: string, field: string, value: string): string {
  const pattern = new RegExp(`("${field}"\\s*:\\s*)"[^"]*"`);
  if (!pattern.test(text)) throw new InputError(`the configuration has no ${field} to move`);
  return text.replace(pattern, (_, key: string) => `${key}${JSON.stringify(value)}`);
}

/** Adds the target after the newest older one, in that line's own style. */
function withServer(text: string, match: RegExpExecArray): string {
  const [file, , major, minor] = match;
  const lines = [...text.matchAll(/^([ \t]*)"ghes-(\d+)\.(\d+)"\s*:\s*"[^"]*"/gm)];
  const newest = lines.at(-1);
  if (newest === undefined) return text;
  if (Number(newest[2]) * 1000 + Number(newest[3]) >= rank(match)) return text;
  const end = newest.index + newest[0].length;
  const added = `,\n${newest[1]}"ghes-${major}.${minor}": ${JSON.stringify(file)}`;
  return `${text.slice(0, end)}${added}${text.slice(end)}`;
}
