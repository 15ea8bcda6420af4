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
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    const reason = typeof code === "string" ? reasons[code] : undefined;
    if (reason !== undefined) return `${reason} (${String(code)})`;
  }
  return undefined;
}
