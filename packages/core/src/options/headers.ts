import { ParameterError } from "../support/workflow-runs-error.ts";

/** Headers of an option, their names in lower case. */
export function checkedHeaders(
  caller: string,
  option: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(option))
    if (value !== undefined)
      sendable(caller, `The header ${JSON.stringify(name)}`, () => headers.set(name, value));
  return Object.fromEntries(headers);
}

/**
 * What `make` makes of headers. The platform's message would show the value, which may be a secret.
 *
 * @throws {ParameterError} when one of them cannot be sent
 */
export function sendable<T>(caller: string, which: string, make: () => T): T {
  try {
    return make();
  } catch {
    throw new ParameterError(
      `${caller}: ${which} cannot be sent: its name or its value has a character that HTTP does not allow.`,
      { parameter: "headers" },
    );
  }
}
