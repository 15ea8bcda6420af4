import type { Dispatcher } from "undici";
import { isUnknownIssuer } from "./connection-problem.ts";
import { httpFetch, isRequest } from "./http-fetch.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Fetch = typeof globalThis.fetch;

/**
 * The platform's fetch, which goes through the proxy that `HTTPS_PROXY` and `HTTP_PROXY` name (but for the hosts of
 * `NO_PROXY`), and which trusts what the system trusts: where a certificate's issuer is unknown to Node, the request
 * is sent again with the system's certificate authorities. Nothing of that is loaded before it is needed.
 */
export function createNodeFetch(env: Environment): Fetch {
  let plain: Promise<Fetch> | undefined;
  let trusting: Promise<Fetch> | undefined;
  return async (input, init) => {
    if (trusting !== undefined) return (await trusting)(input, init);
    // A body is read once, and would be gone at the second try.
    const again = isRequest(input) ? input.clone() : input;
    plain ??=
      proxyVariable(env) === undefined ? Promise.resolve(httpFetch) : fetchThrough(env, false);
    try {
      return await (
        await plain
      )(input, init);
    } catch (error) {
      if (!isUnknownIssuer(error)) throw error;
    }
    trusting ??= fetchThrough(env, true);
    return (await trusting)(again, init);
  };
}

/** The variable that names a proxy for HTTPS, else for HTTP; undefined when there is none. */
export function proxyVariable(env: Environment): string | undefined {
  return ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].find((name) => env[name]);
}

/** A variable that is written in small or in capital letters; empty where it is not set. */
function variable(env: Environment, name: string): string {
  return env[name] || env[name.toUpperCase()] || "";
}

/** The proxy that a variable names. `proxy.example:3128` is one too, as for curl and git. */
function proxyUrl(env: Environment, name: string): string {
  const value = variable(env, name).trim();
  return value === "" || value.includes("://") ? value : `http://${value}`;
}

async function fetchThrough(env: Environment, withSystem: boolean): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch } = await import("undici");
  let tls = {};
  if (withSystem) {
    const { trustedCertificates } = await import("./trusted-certificates.ts");
    const ca = await trustedCertificates(env);
    tls = { connect: { ca }, requestTls: { ca }, proxyTls: { ca } };
  }
  const dispatcher: Dispatcher = new EnvHttpProxyAgent({
    ...tls,
    httpProxy: proxyUrl(env, "http_proxy"),
    httpsProxy: proxyUrl(env, "https_proxy"),
    noProxy: variable(env, "no_proxy"),
  });
  return async (input, init) => {
    // undici's fetch takes no Request but its own.
    const [url, options] = isRequest(input) ? await parts(input) : [input, {}];
    const all = { ...options, ...init, dispatcher } as Parameters<typeof fetch>[1];
    return (await fetch(url, all)) as unknown as Response;
  };
}

async function parts(request: Request): Promise<[string, RequestInit]> {
  const { url, method, headers, redirect, signal } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  return [url, { method, headers: [...headers], redirect, signal, body }];
}
