/**
 * Ten characters that tell one list from another: the operation and its parameters, but for those that only
 * say how to page. It guards against mistakes, not against malice (two rounds of 32-bit FNV-1a).
 */
export function fingerprint(operation: string, parameters: object): string {
  const relevant = Object.entries(parameters)
    .filter(([key, value]) => value !== undefined && key !== "per_page" && key !== "page")
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort();
  const text = [operation, ...relevant].join("\n");
  return (fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01000193)).slice(0, 10);
}

function fnv1a(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, "0").slice(-5);
}
