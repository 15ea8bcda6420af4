import { entryRole } from "./entry-role.ts";

/** The file of one step. */
export interface StepFile {
  readonly number: number;
  readonly name: string;
  readonly path: string;
}

/** A folder of step files. */
export interface JobFolder {
  readonly name: string;
  readonly steps: readonly StepFile[];
  /** Path of its system.txt. */
  readonly system: string | undefined;
}

/** A job as the archive's names show it. */
export interface ArchivedJob {
  /** The name in the archive: cut, and without some characters. */
  readonly name: string;
  /** The number before the name. It orders the jobs, in no way the API knows of. */
  readonly ordinal: number | undefined;
  /** Path of the job's whole log. */
  readonly log: string | undefined;
  /** The folder with its steps; undefined when it is missing or could be another job's too. */
  readonly folder: JobFolder | undefined;
}

/** What the names of an archive's entries tell. */
export interface ArchiveLayout {
  readonly jobs: readonly ArchivedJob[];
  /** Folders that several jobs could own. */
  readonly contested: readonly JobFolder[];
  /** Paths of GitHub's notes on the strategy, as far as their names tell. */
  readonly strategies: readonly string[];
}

/** Sorts the entries of an archive into jobs and their steps, by their names alone. */
export function archiveLayout(paths: readonly string[]): ArchiveLayout {
  const logs: { ordinal: number; name: string; path: string }[] = [];
  const strategies: string[] = [];
  const folders = new Map<string, { name: string; steps: StepFile[]; system?: string }>();
  const folder = (name: string) => {
    const known = folders.get(name) ?? { name, steps: [] };
    folders.set(name, known);
    return known;
  };
  for (const path of paths) {
    const role = entryRole(path);
    if (role.role === "job" && role.ordinal < 0) strategies.push(path);
    else if (role.role === "job") logs.push({ ...role, path });
    else if (role.role === "step")
      folder(role.folder).steps.push({ number: role.number, name: role.name, path });
    else if (role.role === "system") folder(role.folder).system = path;
  }
  const find = folderFinder([...folders.keys()]);
  const claims = logs.map(({ name }) => find(name));
  const counts = new Map<string, number>();
  for (const claim of claims)
    if (claim !== undefined) counts.set(claim, (counts.get(claim) ?? 0) + 1);
  const claimed = (name: string) => counts.get(name) ?? 0;
  const finished = (name: string): JobFolder => {
    const { steps, system } = folder(name);
    return { name, steps: steps.toSorted((a, b) => a.number - b.number), system };
  };

  const fromLogs = logs.map(({ name, ordinal, path }, index): ArchivedJob => {
    const claim = claims[index];
    return {
      name,
      ordinal,
      log: path,
      folder: claim !== undefined && claimed(claim) === 1 ? finished(claim) : undefined,
    };
  });
  const fromFolders = [...folders.keys()]
    .filter((name) => claimed(name) === 0)
    .map((name): ArchivedJob => ({
      name,
      ordinal: undefined,
      log: undefined,
      folder: finished(name),
    }));
  return {
    jobs: [
      ...fromLogs.toSorted((a, b) => (a.ordinal as number) - (b.ordinal as number)),
      ...fromFolders,
    ],
    contested: [...folders.keys()].filter((name) => claimed(name) > 1).map(finished),
    strategies,
  };
}

/** Where GitHub cuts names: both are cut, not always at the same length. */
const cutFrom = 80;

/** Finds the folder of a job's name; an index, because an archive may have as many of both as it has entries. */
function folderFinder(folders: readonly string[]): (name: string) => string | undefined {
  const known = new Set(folders);
  const cut = new Map<string, string[]>();
  for (const folder of folders)
    if (folder.length >= cutFrom) {
      const start = folder.slice(0, cutFrom);
      const alike = cut.get(start);
      if (alike) alike.push(folder);
      else cut.set(start, [folder]);
    }
  return (name) => {
    if (known.has(name)) return name;
    if (name.length < cutFrom) return undefined;
    const alike = (cut.get(name.slice(0, cutFrom)) ?? []).filter(
      (folder) => folder.startsWith(name) || name.startsWith(folder),
    );
    return alike.length === 1 ? alike[0] : undefined;
  };
}
