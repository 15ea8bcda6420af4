import { refuse } from "./checks.ts";

/** A caller's headers, their names in lower case. */
export function checkedHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, value);
    } catch {
      // Its message would show the value, which may be a secret.
      refuse("headers", name, "a header of valid characters");
    }
  }
  return Object.fromEntries(headers);
}
