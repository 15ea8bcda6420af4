/** Where numbers for workflows that are not known yet are kept. */
const anyWorkflow = "";

/**
 * The numbers of a workflow's next runs: they count up for each workflow. Runs of unknown workflows
 * take numbers that none of them has had.
 *
 * @param path the workflow's, undefined for runs of several or unknown ones
 */
export function runNumbers(
  nextNumbers: Readonly<Record<string, number>>,
  path: string | undefined,
  count: number,
): { first: number; next: Record<string, number> } {
  const first =
    path === undefined
      ? Math.max(1, ...Object.values(nextNumbers))
      : Math.max(nextNumbers[path] ?? 1, nextNumbers[anyWorkflow] ?? 1);
  return { first, next: { [path ?? anyWorkflow]: first + count } };
}
