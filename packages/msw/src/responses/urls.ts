/** Where the URLs inside bodies point to, without trailing slashes. */
export interface FakeUrls {
  /** e.g. `https://api.github.com` */
  api: string;
  /** e.g. `https://github.com` */
  html: string;
  /** The other origin that serves the log archives. */
  logs: string;
}

/** GitHub's own dates: UTC, whole seconds. */
export function isoDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Recorded URLs lead to where this fake is. */
export function movedTo<T>(recorded: T, { api, html }: FakeUrls): T {
  if (api === "https://api.github.com") return recorded;
  const text = JSON.stringify(recorded)
    .replaceAll("https://api.github.com/", `${api}/`)
    .replaceAll("https://github.com/", `${html}/`);
  return JSON.parse(text) as T;
}
