import { digest } from "./digest.ts";

// These are in the key of every entry already.
const inKey = new Set(["authorization", "accept", "x-github-api-version"]);

/** The request headers that a response varies on, besides those of the key; undefined when it fits no other request (`*`). */
export function varyOf(headers: Headers): string[] | undefined {
  const names = (headers.get("vary") ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  if (names.includes("*")) return undefined;
  return [...new Set(names)].filter((name) => name !== "" && !inKey.has(name)).toSorted();
}

/**
 * What a request's headers of these names are, as a digest, because some are secrets (a one-time password). What the
 * platform adds by itself (`accept-encoding`) is not seen here, and the same each time.
 */
export async function variantOf(
  names: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const values = names.map((name) => headers[name]);
  return values.every((value) => value === undefined) ? "" : digest(...values);
}
