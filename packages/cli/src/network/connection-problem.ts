/** What OpenSSL says of a certificate whose issuer it does not know. */
const unknownIssuer: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** What else is wrong with a certificate. */
const certificateReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is that of another host",
};

/** Why nothing came back, by the codes of the system and of Node. */
const reasons: Readonly<Record<string, string>> = {
  EAI_AGAIN: "its name cannot be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed",
  EHOSTUNREACH: "no way leads there",
  ENETUNREACH: "no way leads there",
  ENOTFOUND: "no host has that name",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "it does not respond",
  UND_ERR_CONNECT_TIMEOUT: "it does not respond",
  UND_ERR_SOCKET: "the connection was closed",
};

/** Why a request got no response, where the system's code tells: `no host has that name (ENOTFOUND)`. */
export function connectionProblem(error: unknown): string | undefined {
  for (const code of codesOf(error)) {
    const reason = unknownIssuer.has(code)
      ? "the issuer of its certificate is not known here"
      : (certificateReasons[code] ?? reasons[code]);
    if (reason !== undefined) return `${reason} (${code})`;
  }
  return undefined;
}

/** Whether the issuer of the server's certificate is not known. */
export function isUnknownIssuer(error: unknown): boolean {
  return codesOf(error).some((code) => unknownIssuer.has(code));
}

/** Whether the server's certificate is refused: then no other try can work. */
export function isCertificateProblem(error: unknown): boolean {
  return isUnknownIssuer(error) || codesOf(error).some((code) => code in certificateReasons);
}

/** The codes of an error and its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string") codes.push(code);
  }
  return codes;
}
