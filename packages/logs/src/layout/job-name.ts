// Where GitHub cuts names, in every layout; a name near it may be the start of a longer one.
const cutFrom = 80;

/**
 * What is left of a job's name in every layout. GitHub drops `/` (2021–2025), writes `_` for it (since), drops `:`
 * `>` and the like, and squeezes nothing; so all of these are left out, on both sides of a comparison.
 */
export function nameSkeleton(name: string): string {
  return name.normalize("NFC").replaceAll(/[\s\p{Cc}/\\_:<>"|*?\ufffd.]/gu, "");
}

/** Whether the archive's name for a job can stand for this name of the API's. */
export function canBeNamed(archived: string, name: string): boolean {
  const [short, long] = [nameSkeleton(archived), nameSkeleton(name)];
  if (short === long) return true;
  return archived.length >= cutFrom && short.length > 0 && long.startsWith(short);
}
