import { existsSync } from "node:fs";
import { join, posix } from "node:path";

const root = join(import.meta.dirname, "..");

/** The repository, whose pages and READMEs the site shows. */
export const repository = "https://github.com/workflow-runs/workflow-runs";

/**
 * Where a link of a page of the site leads to: to another page, or to the repository, or elsewhere. A page is named by its
 * path below `docs`; those in `packages` are the READMEs, whose links are relative to the package.
 *
 * @throws Error when the link leads to a file that the repository does not have.
 */
export function siteLink(page: string, href: string): string {
  // GitHub's own descriptions link within its documentation.
  if (/^\/(?:rest|actions|developers)\//.test(href)) return `https://docs.github.com${href}`;
  const [target = "", heading] = href.split("#");
  const path = pathInRepository(page, target);
  if (path === undefined) return href;
  const fragment = heading === undefined || heading === "readme" ? "" : `#${heading}`;
  const [, name] = /^packages\/([\w-]+)\/?(?:README\.md)?$/.exec(path) ?? [];
  if (name !== undefined && existsSync(join(root, "docs/packages", `${name}.md`)))
    return `/packages/${name}${fragment}`;
  // VitePress itself refuses a page that is not there.
  if (path.startsWith("docs/")) return `/${path.slice("docs/".length)}${fragment}`;
  if (!existsSync(join(root, path)))
    throw new Error(`${page}: the link ${href} leads to ${path}, which is not in the repository.`);
  return target.startsWith(repository) ? href : `${repository}/tree/main/${path}${fragment}`;
}

/** The file or folder that a link means, from the root of the repository; none for a heading, or the rest of the web. */
function pathInRepository(page: string, target: string): string | undefined {
  const [, ofRepository] =
    /^https:\/\/github\.com\/workflow-runs\/workflow-runs\/(?:blob|tree)\/main\/(.+)$/.exec(
      target,
    ) ?? [];
  if (ofRepository !== undefined) return ofRepository;
  if (!target.startsWith(".") && !/^[\w@][\w@./-]*\.md$/.test(target)) return undefined;
  const folder = page.startsWith("packages/")
    ? page.replace(/\.md$/, "")
    : posix.join("docs", posix.dirname(page));
  return posix.join(folder, target);
}
