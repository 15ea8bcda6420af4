import { refuse } from "./checks.ts";

/** A caller's headers, their names in lower case. */
export function checkedHeaders(
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    try {
      headers.set(name, value);
    } catch {
      // Its message would show the value, which may be a secret.
      refuse("headers", name, "a valid header");
    }
  }
  return Object.fromEntries(headers);
}
