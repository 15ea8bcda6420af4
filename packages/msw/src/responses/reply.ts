import type { Page } from "../rules/page.ts";

/** A response before it becomes a `Response`. */
export interface Reply {
  status: number;
  /** Sent as JSON; undefined for no body at all. */
  body?: unknown;
  /** Instead of `body`: JSON that is made already, and what tells it from another state of it. */
  json?: { text: string; digest: string };
  /** Instead of all of it: a `Response` of the author's. It gets the headers that every response has. */
  response?: Response;
  /** Which page of a list this is: the `Link` header follows from it. */
  page?: Page;
  headers?: Record<string, string>;
}

/** What GitHub says about one wrong field of a request. */
export interface FieldError {
  resource: string;
  field: string;
  code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  message?: string;
}

/** An error in GitHub's form. */
export function problem(
  status: number,
  message: string,
  documentationUrl: string,
  errors?: readonly FieldError[] | string,
): Reply {
  return {
    status,
    body: {
      message,
      ...(errors === undefined ? {} : { errors }),
      documentation_url: documentationUrl,
      status: String(status),
    },
  };
}
