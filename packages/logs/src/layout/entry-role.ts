/** What an entry of the archive is, by its name. */
export type EntryRole =
  /** The whole log of a job: `0_build.txt`. */
  | { role: "job"; ordinal: number; name: string }
  /** The log of a step: `build/2_Run tests.txt`. */
  | { role: "step"; folder: string; number: number; name: string }
  /** What the service wrote before the runner took over: `build/system.txt`. */
  | { role: "system"; folder: string }
  /** A zip of the runner's own logs: `runner-diagnostic-logs/….zip`. */
  | { role: "diagnostics" }
  | { role: "folder" }
  | { role: "other" };

/** Reads an entry's path, in any of the layouts GitHub has had since 2021. */
export function entryRole(path: string): EntryRole {
  if (path.endsWith("/")) return { role: "folder" };
  if (/(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(path)) return { role: "other" };
  const [first, second, ...more] = path.split("/") as [string, ...string[]];
  if (more.length > 0) return { role: "other" };
  if (second === undefined) {
    const match = /^(-?\d+)_(.*)\.txt$/s.exec(first);
    return match
      ? { role: "job", ordinal: Number(match[1]), name: match[2] as string }
      : { role: "other" };
  }
  if (first === "runner-diagnostic-logs")
    return { role: second.endsWith(".zip") ? "diagnostics" : "other" };
  if (second === "system.txt") return { role: "system", folder: first };
  const match = /^(\d+)_(.*)\.txt$/s.exec(second);
  return match
    ? { role: "step", folder: first, number: Number(match[1]), name: match[2] as string }
    : { role: "other" };
}
