/** ` (did you mean Pet?)`, with the known name closest to each of these, as far as one is close; else nothing. */
export function didYouMean(names: Iterable<string>, known: Iterable<string>): string {
  const candidates = [...new Set(known)];
  const close = [...names].flatMap((name) => closest(name, candidates) ?? []);
  return close.length === 0 ? "" : ` (did you mean ${[...new Set(close)].join(", ")}?)`;
}

/** The candidate with the fewest letters to change, add or leave out; none when that is more than a third and one. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  let best: string | undefined;
  let least = Math.floor(lettersOf(bare(name)).length / 3) + 2;
  for (const candidate of candidates) {
    // Octokit's `getWorkflowRun` and a forgotten `actions/` are names of `actions/get-workflow-run` too.
    const forms = name.includes("/") ? [candidate] : [candidate, bare(candidate)];
    const changes = Math.min(...forms.map((form) => distance(letters, lettersOf(form))));
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}

function bare(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The Levenshtein distance. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(change, above[column]! + 1, here[column - 1]! + 1));
    }
    above = here;
  }
  return above[b.length]!;
}
