import { ParameterError } from "../support/workflow-runs-error.ts";

/** Headers of an option, their names in lower case. */
export function checkedHeaders(
  caller: string,
  option: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined) continue;
    try {
      headers.set(name, value);
    } catch {
      // The platform's message would show the value, which may be a secret.
      throw new ParameterError(
        `${caller}: The header ${JSON.stringify(name)} cannot be sent: its name or its value has a character that HTTP does not allow.`,
        { parameter: "headers" },
      );
    }
  }
  return Object.fromEntries(headers);
}
