import { closestMatch } from "leven";

/** Words that people, and gh, use for what GitHub calls otherwise. */
const synonyms: Readonly<Record<string, string>> = {
  attempt: "run_attempt",
  branch: "head_branch",
  database_id: "id",
  done: "completed",
  error: "failure",
  failed: "failure",
  finished: "completed",
  number: "run_number",
  ok: "success",
  passed: "success",
  running: "in_progress",
  sha: "head_sha",
  started_at: "run_started_at",
  succeeded: "success",
  title: "display_title",
  url: "html_url",
  workflow_name: "name",
};

/**
 * Which of the words was meant: that of another name for the same (`headBranch`, as gh has it, or `failed`), or the
 * one with a few other letters. Undefined where none is near.
 */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const name = typed.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  for (const word of [name, synonyms[name]])
    if (word !== undefined && words.includes(word)) return word;
  // Half of the letters at most, and never more than three: two that changed places count twice.
  const maxDistance = Math.min(3, Math.floor(name.length / 2));
  return maxDistance === 0 ? undefined : closestMatch(name, words, { maxDistance });
}

/** The line that offers it, as the library that reads the options does for a command; none where none is near. */
export function didYouMean(typed: string, words: readonly string[]): string[] {
  const word = nearestWord(typed, words);
  return word === undefined ? [] : [`(Did you mean ${word}?)`];
}
