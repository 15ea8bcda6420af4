import KeyvRedis from "@keyv/redis";
import { type Client, createClient } from "@workflow-runs/core";
import { Keyv } from "keyv";

/** The environment a worker runs in: GITHUB_TOKEN, GITHUB_API_URL, REDIS_URL. */
export interface Settings {
  token: string | undefined;
  apiUrl: string;
  redisUrl: string;
}

export function settings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return {
    token: environment["GITHUB_TOKEN"],
    apiUrl: environment["GITHUB_API_URL"] ?? "https://api.github.com",
    redisUrl: environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
  };
}

/** Host and port for BullMQ. */
export function redisConnection(redisUrl: string): { host: string; port: number } {
  const { hostname, port } = new URL(redisUrl);
  return { host: hostname, port: Number(port || 6379) };
}

/**
 * A client whose cache and rate-limit budget are in Redis: a page that was fetched before costs no rate limit,
 * and when GitHub tells one worker to wait, all of them do.
 */
export function connect({ token, apiUrl, redisUrl }: Settings): Client {
  const cache = new Keyv({ store: new KeyvRedis(redisUrl), ttl: 24 * 60 * 60 * 1000 });
  return createClient({ auth: token, baseUrl: apiUrl, cache });
}
