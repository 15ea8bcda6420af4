/** Why a URL could not be fetched, in one line for a person, from what `fetch` threw. */
export function whyUnreachable(error: unknown): string {
  const thrown = error as Error;
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  const { code = "" } = cause as NodeJS.ErrnoException;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    const isPlain = notTls.test(cause.message);
    return isPlain ? "the server does not speak HTTPS; is it http://?" : `TLS failed (${code})`;
  }
  // Several addresses that all failed have no message of their own.
  const [first] = cause instanceof AggregateError ? (cause.errors as unknown[]) : [];
  const { message } = cause.message === "" && first instanceof Error ? first : cause;
  return (message === "" ? thrown.message : message).trim().replaceAll(/\s+/g, " ");
}

/** What OpenSSL makes of a response that is not TLS, depending on its first bytes. */
const notTls = /wrong version number|packet length too long|http request/;
