import { ParameterError } from "./errors.ts";

/** The root of an API without a slash at its end. */
export function checkedBaseUrl(baseUrl: string): string {
  if (URL.canParse(baseUrl) && /^https?:[^?#@]+$/i.test(baseUrl))
    return new URL(baseUrl).href.replace(/\/+$/, "");
  // Not shown where it may hold a password.
  const shown = /@/.test(baseUrl) ? "" : ` ${JSON.stringify(baseUrl)}`;
  throw new ParameterError(
    "baseUrl",
    `baseUrl:${shown} is not a plain http(s) URL, such as https://api.github.com or https://HOST/api/v3.`,
  );
}
