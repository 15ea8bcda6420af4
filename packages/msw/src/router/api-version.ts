/** The versions of the REST API that GitHub knows. */
export const apiVersions: readonly string[] = ["2022-11-28", "2026-03-10"];

/** The version of a request; undefined when there is no such version. */
export function apiVersion(header: string | null): string | undefined {
  if (header === null || header === "") return apiVersions[0];
  return apiVersions.includes(header) ? header : undefined;
}

/** Whether a request is of the version before the newest: its responses have fields that the newest dropped. */
export function isOlderVersion(headers: Headers): boolean {
  return apiVersion(headers.get("x-github-api-version")) === apiVersions[0];
}
