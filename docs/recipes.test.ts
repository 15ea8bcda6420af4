import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const cookbook = join(import.meta.dirname, "cookbook");

/** The file that a page shows, if it shows one. */
const programOf = (page: string): string | undefined => /^<<< (\S+\.ts)$/m.exec(page)?.[1];

/** What a program imports that has to be installed. */
const importsOf = (program: string): string[] =>
  [...program.matchAll(/ from "((?:@[^/"]+\/)?[^/"]+)[^"]*"/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(?:node:|\.)/.test(name));

const recipes = readdirSync(cookbook).flatMap((name) => {
  const page = readFileSync(join(cookbook, name), "utf8");
  const program = programOf(page);
  return program === undefined ? [] : [{ name, page, program }];
});

test.for(recipes)("$name installs what its program imports", ({ page, program }) => {
  const imported = importsOf(readFileSync(join(cookbook, program), "utf8"));
  const installed = [...page.matchAll(/^npm install (?:--save-dev )?(.+)$/gm)].flatMap(
    ([, names = ""]) => names.split(" "),
  );
  expect(imported).not.toEqual([]);
  expect(new Set(installed)).toEqual(new Set(imported));
});
