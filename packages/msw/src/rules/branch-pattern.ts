/**
 * Whether a workflow's `branches` take a branch: `*` stands for anything but a slash, `**` for anything,
 * and a pattern with `!` takes back what one before it took. No patterns take every branch.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function takesBranch(patterns: readonly string[], branch: string): boolean {
  if (patterns.length === 0) return true;
  let taken = false;
  for (const pattern of patterns) {
    const not = pattern.startsWith("!");
    if (expression(not ? pattern.slice(1) : pattern).test(branch)) taken = !not;
  }
  return taken;
}

function expression(pattern: string): RegExp {
  const text = pattern
    .replaceAll(/[.^$()|{}\\]/g, String.raw`\$&`)
    .replaceAll(/\*\*?/g, (stars) => (stars === "**" ? ".*" : "[^/]*"));
  return new RegExp(`^${text}$`);
}
