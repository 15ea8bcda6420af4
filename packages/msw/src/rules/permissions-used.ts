/** The permissions that a set of calls needs, each at its highest level. */
export function leastPermissions(
  needs: Iterable<readonly Readonly<Record<string, string>>[]>,
): Record<string, "read" | "write"> {
  const least: Record<string, "read" | "write"> = {};
  // Of alternatives the first is taken, unless another is met anyway: those with one come first.
  const ordered = [...needs].toSorted((a, b) => a.length - b.length);
  for (const alternatives of ordered) {
    const met = alternatives.some((all) =>
      Object.entries(all).every(
        ([name, level]) => least[name] === "write" || least[name] === level,
      ),
    );
    if (met) continue;
    for (const [name, level] of Object.entries(alternatives[0] ?? {})) {
      if (level === "write" || least[name] === undefined)
        least[name] = level === "write" ? "write" : "read";
    }
  }
  return least;
}

/** The `permissions:` block of a workflow file. */
export function permissionsBlock(permissions: Readonly<Record<string, string>>): string {
  const lines = Object.entries(permissions)
    // Every token may read metadata; a workflow file has no such name.
    .filter(([name]) => name !== "metadata")
    .map(([name, level]) => `  ${name.replaceAll("_", "-")}: ${level}`)
    .toSorted();
  return lines.length === 0 ? "permissions: {}\n" : `permissions:\n${lines.join("\n")}\n`;
}
