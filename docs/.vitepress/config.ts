import { defineConfig } from "vitepress";

const repository = "https://github.com/workflow-runs/workflow-runs";
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

/** Where a link of a README leads to on the site: to a package's page, to another page, or to the repository. */
function siteLink(href: string): string {
  const path = href.replace(/^(?:\.\.\/)+/, "").replace(/^\.\//, "");
  const [name = ""] = path.replace(/^packages\//, "").split(/[/#]/);
  if (packages.some((each) => each === name) && /^(?:packages\/)?[\w-]+(?:#.*)?$/.test(path))
    return path.replace(/^(?:packages\/)?([\w-]+)/, "/packages/$1");
  if (path.startsWith("docs/")) return `/${path.slice("docs/".length)}`;
  return /^(?:decisions|examples|bench|CONTRIBUTING|openapi|packages)\b/.test(path)
    ? `${repository}/tree/main/${path}`
    : href;
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
      md.core.ruler.push("site-links", ({ tokens }) => {
        for (const { children } of tokens)
          for (const token of children ?? []) {
            const href = token.attrGet("href");
            if (token.type !== "link_open" || href === null) continue;
            if (href.startsWith(".")) token.attrSet("href", siteLink(href));
            // GitHub's own descriptions link within its documentation.
            if (/^\/(?:rest|actions|developers)\//.test(href))
              token.attrSet("href", `https://docs.github.com${href}`);
          }
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "Start", link: "/start" },
      { text: "Cookbook", link: "/cookbook/" },
      { text: "Reference", link: "/reference/" },
    ],
    sidebar: [
      {
        text: "Begin",
        items: [
          { text: "Start here", link: "/start" },
          { text: "Which package for what", link: "/which-package" },
          { text: "Glossary", link: "/glossary" },
        ],
      },
      {
        text: "Packages",
        items: [
          ...packages.map((name) => ({ text: name, link: `/packages/${name}` })),
          { text: "The client in depth", link: "/core" },
        ],
      },
      {
        text: "Cookbook",
        items: [
          { text: "All recipes", link: "/cookbook/" },
          { text: "Flaky finder", link: "/cookbook/flaky-finder" },
          { text: "Release bot", link: "/cookbook/release-bot" },
          { text: "Comment on a failure", link: "/cookbook/comment-on-failure" },
          { text: "Dashboard", link: "/cookbook/dashboard" },
          { text: "Sync to SQL", link: "/cookbook/sync-to-sql" },
          { text: "An agent that asks why", link: "/cookbook/agent" },
          { text: "Tests in every runner", link: "/cookbook/test-runners" },
          { text: "Tests in other languages", link: "/cookbook/other-languages" },
          { text: "Webhooks", link: "/cookbook/webhooks" },
          { text: "Faults", link: "/cookbook/faults" },
        ],
      },
      {
        text: "Coming from",
        items: [
          { text: "Octokit", link: "/from-octokit" },
          { text: "nock fixtures", link: "/from-nock" },
          { text: "gh", link: "/from-gh" },
        ],
      },
      {
        text: "Facts",
        items: [
          { text: "GitHub Enterprise Server", link: "/ghes" },
          { text: "Errors", link: "/errors" },
          { text: "GitHub as it really is", link: "/github" },
          { text: "What is supported", link: "/support" },
          { text: "API reference", link: "/reference/" },
        ],
      },
    ],
    socialLinks: [{ icon: "github", link: repository }],
  },
});
