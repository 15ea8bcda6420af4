import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a package is installed for another, whose folder is `from`; undefined when it is not, such as an optional one. */
export function installedFolder(name: string, from: string): string | undefined {
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}
