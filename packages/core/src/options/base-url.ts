import { invalidValue } from "../support/options.ts";

/** The root of an API without a slash at its end. */
export function checkedBaseUrl(baseUrl: string): string {
  if (URL.canParse(baseUrl) && /^https?:[^?#@]+$/i.test(baseUrl))
    return new URL(baseUrl).href.replace(/\/+$/, "");
  // What may be a password is not shown.
  const shown = baseUrl.replace(/[^]*@/, "…@");
  const words = "a plain http(s) URL, such as https://HOST/api/v3";
  throw invalidValue("createClient", "baseUrl", shown, words);
}

/**
 * The API version to ask for: today's on github.com and GHE.com; the one before on GHES, as servers before 3.21 refuse
 * a version that they do not know.
 */
export function apiVersionOf(baseUrl: string): string {
  return baseUrl.endsWith("/api/v3") ? "2022-11-28" : "2026-03-10";
}
