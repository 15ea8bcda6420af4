/** Where the URLs inside bodies point to, without trailing slashes. */
export interface Urls {
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

/** A node id in GitHub's older, readable form; both forms are opaque to clients. */
export function nodeId(kind: string, id: number): string {
  return btoa(`0${kind.length}:${kind}${id}`);
}
