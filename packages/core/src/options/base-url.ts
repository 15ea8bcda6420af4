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
