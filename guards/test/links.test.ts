import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const pages = globSync(
  [
    "*.md",
    ".github/**/*.md",
    "{packages,examples}/*/README.md",
    "packages/*/docs/**/*.md",
    "decisions/*.md",
    "docs/*.md",
    "docs/{cookbook,packages}/*.md",
  ],
  { cwd: root },
);

/** The links of a page that lead to nothing: a file that is not there, or a heading that the page does not have. */
function brokenLinks(page: string, text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "");
  // What npm shows has whole URLs: those of this repository lead to its files.
  const links = [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) =>
    link!.replace(
      /^https:\/\/github\.com\/workflow-runs\/workflow-runs\/(?:blob|tree)\/main\//,
      up(page),
    ),
  );
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = "", heading] = link.split("#");
      const target = path === "" ? page : fileOf(page, decodeURIComponent(path));
      if (target === undefined) return true;
      // `#readme` is what GitHub calls the page of a folder.
      if (heading === undefined || (heading === "readme" && target.endsWith("README.md")))
        return false;
      const content = target === page ? text : readFileSync(join(root, target), "utf8");
      return !headings(content).includes(heading);
    });
}

/** From the folder of a page to the root of the repository. */
function up(page: string): string {
  return "../".repeat(page.split("/").length - 1) || "./";
}

/** Links of the site leave out `.md`; a folder stands for its page. */
function fileOf(page: string, path: string): string | undefined {
  const target = path.startsWith("/") ? join("docs", path) : join(dirname(page), path);
  const pagesOf = [join(target, "README.md"), join(target, "index.md"), `${target}.md`];
  return [...pagesOf, target].find((file) => existsSync(join(root, file)));
}

/** What GitHub and VitePress call the headings of a page. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}

test.each(pages)("%s has no link that leads to nothing", (page) => {
  expect(brokenLinks(page, readFileSync(join(root, page), "utf8"))).toEqual([]);
});

test.each(pages.filter((page) => /^packages\/[\w-]+\/README\.md$/.test(page)))(
  "%s has whole URLs, as npm shows it without its folder",
  (page) => {
    expect(readFileSync(join(root, page), "utf8").match(/\]\((?!https:|#)[^)]*\)/g) ?? []).toEqual(
      [],
    );
  },
);

test("a link to a file or a heading that is not there is found", () => {
  const page = relative(root, join(root, "README.md"));
  const links = "[a](CONTRIBUTING.md) [b](NOWHERE.md) [c](#here) [d](#there)\n\n## Here\n";
  expect(brokenLinks(page, links)).toEqual(["NOWHERE.md", "#there"]);
});
