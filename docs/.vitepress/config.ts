import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { repository, siteLink } from "../site-links.ts";

const packages = [
  "core",
  "pagination",
  "watch",
  "logs",
  "msw",
  "cli",
  "openapi-types",
  "codegen",
] as const;

/** A page in the navigation, by the name that it has itself. */
function page(link: string): { text: string; link: string } {
  const file = join(
    import.meta.dirname,
    "..",
    link.endsWith("/") ? `${link}index.md` : `${link}.md`,
  );
  const [, title] = /^# (.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  if (title === undefined) throw new Error(`${link} has no heading to be named after.`);
  return { text: title, link };
}

export default defineConfig({
  title: "@workflow-runs",
  description: "Small npm packages that make GitHub Actions workflow runs a pleasure to work with.",
  lang: "en",
  cleanUrls: true,
  srcExclude: ["node_modules/**"],
  markdown: {
    config(md) {
      // `${{ inputs.x }}` in a docstring is GitHub's syntax, not the page's.
      const inlineCode = md.renderer.rules.code_inline!;
      md.renderer.rules.code_inline = (...rendered) =>
        inlineCode(...rendered).replace(/^<code/, "<code v-pre");
      md.core.ruler.push("site-links", ({ tokens, env }) => {
        const { relativePath } = env as { relativePath: string };
        for (const { children } of tokens)
          for (const token of children ?? []) {
            const href = token.attrGet("href");
            if (token.type === "link_open" && href !== null)
              token.attrSet("href", siteLink(relativePath, href));
          }
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    nav: [
      page("/start"),
      page("/cookbook/"),
      page("/reference/"),
      { text: "Repository", link: repository },
    ],
    sidebar: [
      {
        text: "Begin",
        items: [page("/start"), page("/which-package"), page("/glossary")],
      },
      {
        text: "Packages",
        items: [
          ...packages.map((name) => ({
            text: `@workflow-runs/${name}`,
            link: `/packages/${name}`,
          })),
          page("/core"),
        ],
      },
      {
        text: "Cookbook",
        items: [
          page("/cookbook/"),
          page("/cookbook/flaky-finder"),
          page("/cookbook/release-bot"),
          page("/cookbook/comment-on-failure"),
          page("/cookbook/dashboard"),
          page("/cookbook/sync-to-sql"),
          page("/cookbook/agent"),
          page("/cookbook/test-runners"),
          page("/cookbook/waiting"),
          page("/cookbook/other-languages"),
          page("/cookbook/webhooks"),
          page("/cookbook/faults"),
        ],
      },
      {
        text: "Coming from",
        items: [page("/from-octokit"), page("/from-nock"), page("/from-gh")],
      },
      {
        text: "Facts",
        items: [
          page("/ghes"),
          page("/errors"),
          page("/github"),
          page("/support"),
          page("/reference/"),
        ],
      },
    ],
  },
});
