import type { Bump, ChangeClass } from "./change.ts";

/** A change as a report shows it. */
export interface ReportedChange {
  class: ChangeClass;
  pointer: string;
  message: string;
  /** The fragments it is in, where a report is about several. */
  fragments?: readonly string[];
}

/** What a report is made of. */
export interface Report {
  bump: Bump;
  changes: readonly ReportedChange[];
}

/** How a report is written. */
export type ReportFormat = "text" | "markdown" | "json";

/** The names of the formats. */
export const reportFormats: readonly ReportFormat[] = ["text", "markdown", "json"];

/** What a report shows. */
export interface FormatOptions {
  /** List the changes of documentation too, instead of only counting them. JSON lists them always. @default false */
  docs?: boolean | undefined;
}

/** The report in a format; always ends with a newline. */
export function formatReport(
  report: Report,
  format: ReportFormat,
  { docs = false }: FormatOptions = {},
): string {
  if (format === "json") return `${JSON.stringify(report, null, 2)}\n`;
  const listed = report.changes.filter((change) => docs || change.class !== "docs");
  return format === "markdown" ? markdown(report, listed) : text(report, listed);
}

const headings: { [type in ChangeClass]: string } = {
  breaking: "Breaking",
  additive: "New",
  docs: "Documentation only",
};

const classes = Object.keys(headings) as ChangeClass[];

function text(report: Report, listed: readonly ReportedChange[]): string {
  const lines = listed.flatMap((change) => [
    `${change.class.padEnd(8)}  ${change.message}${fragmentsOf(change)}`,
    ...(change.pointer === "" ? [] : [`          ${change.pointer}`]),
  ]);
  return `${[...lines, summary(report, listed)].join("\n")}\n`;
}

function markdown(report: Report, listed: readonly ReportedChange[]): string {
  const sections = classes.flatMap((type) => {
    const changes = listed.filter((change) => change.class === type);
    if (changes.length === 0) return [];
    const list = changes
      .map((change) => `- ${change.message}${fragmentsOf(change)}${code(change.pointer)}`)
      .join("\n");
    const heading = `${headings[type]} (${changes.length})`;
    // Changed texts come by the hundred; they are there to be opened, not to be scrolled past.
    return type === "docs"
      ? [`<details><summary>${heading}</summary>\n\n${list}\n\n</details>`]
      : [`### ${heading}\n\n${list}`];
  });
  return `${[summary(report, listed), ...sections].join("\n\n")}\n`;
}

/** One line: the bump and how many changes of each class. */
function summary({ bump, changes }: Report, listed: readonly ReportedChange[]): string {
  if (changes.length === 0) return "Nothing changed.";
  const counts = classes.flatMap((type) => {
    const count = changes.filter((change) => change.class === type).length;
    return count === 0 ? [] : [`${count} ${type === "docs" ? "documentation only" : type}`];
  });
  const hidden = changes.length > listed.length ? "; --docs lists the documentation" : "";
  return `Bump: ${bump} (${counts.join(", ")}${hidden}).`;
}

/** A whole fragment that came or went has no pointer. */
function code(pointer: string): string {
  return pointer === "" ? "" : ` \`${pointer}\``;
}

function fragmentsOf({ fragments }: ReportedChange): string {
  return fragments === undefined ? "" : ` (${fragments.join(", ")})`;
}
