import { applyEdits, modify } from "jsonc-parser";
import { InputError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { PinnedPackage } from "../registry/package-files.ts";
import type { Target } from "./sources.ts";

/** The text of a JSON configuration with one value set, or taken away when it is undefined; the rest as it was written. */
function withValue(text: string, path: (string | number)[], value: Json | undefined): string {
  if (!text.trimStart().startsWith("{")) {
    throw new InputError("only a configuration in JSON can be changed; this one is not");
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}

/**
 * The text of a configuration with its pin moved, and a target for every newer GitHub Enterprise Server that the package
 * has a description of. A server that was read from elsewhere until the package had it is read from the package.
 *
 * @param files The paths of the package's files.
 */
export function withPin(
  text: string,
  pin: PinnedPackage,
  files: readonly string[],
  targets: readonly Target[],
): string {
  let edited = withValue(text, ["source", "version"], pin.version);
  edited = withValue(edited, ["source", "integrity"], pin.integrity);
  const newest = Math.max(...targets.map(({ name }) => rankOf(name)));
  for (const { name, file } of serversIn(files)) {
    const target = targets.find((one) => one.name === name);
    if (target === undefined) {
      if (rankOf(name) > newest) edited = withValue(edited, ["targets", name], file);
    } else if (target.onUpdate) {
      edited = withValue(edited, ["targets", name, "description"], file);
      edited = withValue(edited, ["targets", name, "onUpdate"], undefined);
    }
  }
  return edited;
}

/** The Enterprise Servers that a package describes and no target is for, newer than those that are. */
export function newerServers(files: readonly string[], targets: readonly Target[]): string[] {
  const ranks = targets.map(({ name }) => rankOf(name)).filter((rank) => rank >= 0);
  if (ranks.length === 0) return [];
  return serversIn(files)
    .filter(({ name }) => rankOf(name) > Math.max(...ranks))
    .map(({ name }) => name);
}

/** The text of a configuration with these examples listed, and without those that are listed for nothing. */
export function withBadExamples(
  text: string,
  fresh: { readonly [pointer: string]: string },
  idle: readonly string[],
): string {
  let edited = text;
  for (const pointer of idle) edited = withValue(edited, ["badExamples", pointer], undefined);
  for (const [pointer, problem] of Object.entries(fresh)) {
    edited = withValue(edited, ["badExamples", pointer], problem);
  }
  return edited;
}

function serversIn(files: readonly string[]): { name: string; file: string }[] {
  return files
    .flatMap((file) => {
      const name = /(?:^|\/)(ghes-\d+\.\d+)\.json$/.exec(file)?.[1];
      return name === undefined ? [] : { name, file };
    })
    .sort((a, b) => rankOf(a.name) - rankOf(b.name));
}

/** An order of servers by their version; -1 for what is none. */
function rankOf(name: string): number {
  const match = /^ghes-(\d+)\.(\d+)$/.exec(name);
  return match === null ? -1 : Number(match[1]) * 1000 + Number(match[2]);
}
