import { globSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const entries = globSync("packages/*/package.json", { cwd: root }).flatMap((path) => {
  const { exports } = JSON.parse(readFileSync(join(root, path), "utf8")) as {
    exports: Readonly<Record<string, string>>;
  };
  const sources = Object.values(exports).filter((target) =>
    /^\.\/src\/(?!.*\.gen\.ts$)/.test(target),
  );
  return sources.map((target) => join(path, "..", target));
});

/** What an entry point exports from files of its own package, not passed on from another one. */
function ownExports(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/export (?:type )?\{([^}]*)\} from "(\.[^"]*)"/g)].flatMap(
    ([, names = ""]) =>
      names
        .split(",")
        .map((name) =>
          name
            .replace(/^\s*type\s+/, "")
            .trim()
            .replace(/^.* as /, ""),
        )
        .filter(Boolean),
  );
}

test("no two packages export a name with two meanings", () => {
  const owners = new Map<string, Set<string>>();
  for (const path of entries)
    for (const name of ownExports(path))
      owners.set(name, (owners.get(name) ?? new Set()).add(path.split("/")[1]!));
  expect(owners.size).toBeGreaterThan(100);
  const shared = [...owners].filter(([, packages]) => packages.size > 1);
  expect(shared.map(([name, packages]) => `${name}: ${[...packages].join(", ")}`)).toEqual([]);
});

// Words of our own for what the field has a word for.
const privateWords =
  /ring(?=[A-Z]|s?$)|onion|verdict|trouble|patience|answer|heard|reading(?=[A-Z]|$)/;

test("no exported name is a private word", () => {
  const names = entries.flatMap(ownExports);
  const words = names.map((name) => name.replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  expect(words.filter((word) => privateWords.test(word) && !/string/i.test(word))).toEqual([]);
});

test("no file is named by a private word", () => {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root }).map((path) =>
    basename(path, ".ts"),
  );
  const named = files.filter((file) =>
    /(?:^|-)(?:rings?|onion|verdict|troubles?|patience|answers?|heard)(?:-|$)/.test(file),
  );
  expect(named).toEqual([]);
});

/** The private words in the comments and texts of a file; `told apart` is plain English. */
function privateWordsOf(source: string): string[] {
  const parts = source.match(/\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return parts
    .flatMap((part) => part.replaceAll(/\btold apart\b/g, "").match(wordsInProse) ?? [])
    .map((word) => word.toLowerCase());
}
const wordsInProse = /\b(?:rings?|onion|verdicts?|troubles?|patience|heard|told|asked)\b/gi;

test("no comment or message of a package has a private word", () => {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root }).filter(
    (path) => !/\.(?:gen|test|property\.test)\.ts$/.test(path),
  );
  const found = files.flatMap((path) =>
    privateWordsOf(readFileSync(join(root, path), "utf8")).map((word) => `${path}: ${word}`),
  );
  expect(found).toEqual([]);
});

test("a private word is found in a comment, a text and a template, and nowhere else", () => {
  expect(
    privateWordsOf('// the onion\nconst told = `no ${x} heard`;\nthrow new Error("Trouble");'),
  ).toEqual(["onion", "heard", "trouble"]);
  expect(privateWordsOf("/** They cannot be told apart. */")).toEqual([]);
});

test("an option's default is a tag of its documentation, which editors show", () => {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root }).filter(
    (path) => !path.endsWith(".gen.ts"),
  );
  const untagged = files.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const comments = text.match(/\/\*\*[^]*?\*\//g) ?? [];
    return comments
      .filter((comment) =>
        /\bDefaults?:?(?:\s|\s\*)+\S/.test(comment.replaceAll(/@default\b.*/g, "")),
      )
      .map((comment) => `${path}: ${comment}`);
  });
  expect(untagged).toEqual([]);
});
