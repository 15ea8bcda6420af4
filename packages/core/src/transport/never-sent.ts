const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

/** True when a platform's network error says that there was no connection at all. */
export function neverSent(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: string; cause?: unknown };
  return beforeSending.test(code ?? "") || (cause !== undefined && neverSent(cause));
}
