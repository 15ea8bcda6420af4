import type { Bump, ChangeClass } from "../diff/change.ts";
import { isVersionOf } from "./fragments.ts";
import { type FragmentChange, report } from "./report.ts";

/** A changeset to write. */
export interface Changeset {
  /** The file's name in the folder of changesets, which no file there has. */
  file: string;
  content: string;
}

/** What changesets are made of. */
export interface ChangesetInput {
  /** Each package with the fragments whose changes its users see; `*` is every fragment but the groups'. */
  releases: { readonly [packageName: string]: readonly string[] };
  fragments: readonly FragmentChange[];
  /** The targets that are groups. @default [] */
  groups?: readonly string[];
  /** What the descriptions come from now, e.g. `@octokit/openapi 23.0.2`. */
  source: string;
  /** The files that are in the folder of changesets: none of them is written over. */
  taken: ReadonlySet<string>;
}

/** One changeset for each package that something changes for, in words for its changelog. */
export function changesets({
  releases,
  fragments,
  groups = [],
  source,
  taken,
}: ChangesetInput): Changeset[] {
  const isOfGroup = (name: string) =>
    groups.some((group) => name === group || isVersionOf(group, name));
  return Object.entries(releases).flatMap(([packageName, shown]) => {
    const seen = fragments.filter(
      ({ name }) => shown.includes(name) || (shown.includes("*") && !isOfGroup(name)),
    );
    const { bump, changes } = report(seen);
    if (bump === "none") return [];
    return {
      file: free(`${slug(source)}-${slug(packageName.replace(/^@[^/]+\//, ""))}`, taken),
      content: content(packageName, bump, source, changes),
    };
  });
}

const headings: { [type in ChangeClass]: string } = {
  breaking: "Breaking for programs written against the older types:",
  additive: "New:",
  docs: "",
};

function content(
  packageName: string,
  bump: Exclude<Bump, "none">,
  source: string,
  changes: readonly { class: ChangeClass; message: string; fragments?: readonly string[] }[],
): string {
  const parts = (["breaking", "additive"] as const).flatMap((type) => {
    const lines = changes
      .filter((change) => change.class === type)
      .map(({ message, fragments }) => `- ${message} (${fragments!.join(", ")})`);
    return lines.length === 0 ? [] : [`${headings[type]}\n\n${lines.join("\n")}`];
  });
  const docs = changes.filter((change) => change.class === "docs").length;
  if (docs > 0) {
    parts.push(
      `${docs} ${docs === 1 ? "location differs" : "locations differ"} in the documentation only.`,
    );
  }
  const front = `---\n${JSON.stringify(packageName)}: ${bump}\n---`;
  return `${[front, `Generated from ${source}.`, ...parts].join("\n\n")}\n`;
}

/** The name, with a number behind it when it is taken. */
function free(name: string, taken: ReadonlySet<string>): string {
  let file = `${name}.md`;
  for (let number = 2; taken.has(file); number++) file = `${name}-${number}.md`;
  return file;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
