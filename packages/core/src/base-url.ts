import { ParameterError } from "./errors.ts";

/** The root of an API without a slash at its end. */
export function checkedBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // Not shown where it may hold a password.
  const shown = url?.username || url?.password ? "" : ` ${JSON.stringify(baseUrl)}`;
  if (!url || !/^https?:$/.test(url.protocol) || !shown || url.search || url.hash)
    throw new ParameterError(
      "baseUrl",
      `baseUrl:${shown} is not a plain http(s) URL, such as https://api.github.com or https://HOST/api/v3.`,
    );
  return url.href.replace(/\/+$/, "");
}
