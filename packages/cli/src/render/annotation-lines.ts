import { plain, plainLine } from "../terminal/plain.ts";
import { wrapWords } from "../terminal/text-width.ts";
import type { View } from "./view.ts";

/** A note at a line of a file, or at a job. https://docs.github.com/rest/checks/runs#list-check-run-annotations */
export interface Annotation {
  job: string;
  job_id: number;
  path: string;
  start_line: number;
  annotation_level: string | null;
  title: string | null;
  message: string | null;
}

const symbols: Readonly<Record<string, string>> = { failure: "✗", warning: "!", notice: "-" };

/** How many lines of a message are shown. */
const messageLines = 6;

/** The annotations under a heading of their own; nothing where there are none. */
export function annotationLines(annotations: readonly Annotation[], view: View): string[] {
  if (annotations.length === 0) return [];
  const { colors, width } = view;
  const lines = annotations.flatMap(
    ({ job, path, start_line: line, annotation_level: level, title, message }) => {
      const word = plain(level ?? "notice");
      const color =
        word === "failure" ? colors.red : word === "warning" ? colors.yellow : colors.dim;
      // GitHub gives notes at no file the path of the workflows' folder.
      const where = path === ".github" ? "" : `${plain(path)}:${line}`;
      const heading = [plain(job), where, plain(title ?? "")].filter(Boolean).join(" · ");
      const text = (message ?? "").trimEnd().split("\n");
      const shown = text
        .slice(0, messageLines)
        .flatMap((each) => wrapWords(plainLine(each), width && width - 2));
      return [
        ...wrapWords(`${symbols[word] ?? "-"} ${word}  ${heading}`, width).map((each) =>
          color(each),
        ),
        ...shown.map((each) => `  ${each}`),
        ...(text.length > messageLines
          ? [colors.dim(`  … and ${text.length - messageLines} lines more`)]
          : []),
      ];
    },
  );
  return ["", colors.bold("Annotations"), ...lines];
}
