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

const pages = readdirSync(cookbook)
  .map((name) => ({ name, page: readFileSync(join(cookbook, name), "utf8") }))
  .filter(({ page }) => programOf(page) !== undefined);

test.for(pages)("$name installs what its program imports", ({ page }) => {
  const program = readFileSync(join(cookbook, programOf(page) as string), "utf8");
  const installed = [...page.matchAll(/^npm install (?:--save-dev )?(.+)$/gm)].flatMap(
    ([, names = ""]) => names.split(" "),
  );
  expect(importsOf(program)).not.toEqual([]);
  expect([...new Set(importsOf(program))].toSorted()).toEqual(installed.toSorted());
});
