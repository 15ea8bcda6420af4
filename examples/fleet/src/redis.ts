import type { KeyValueStore } from "@workflow-runs/core";
import { Redis } from "ioredis";

/** A connection for BullMQ: everything that is in the URL, user, password, database and TLS. */
export function connectRedis(url: string): Redis {
  // BullMQ waits for a Redis that is away as long as it takes.
  return new Redis(url, { maxRetriesPerRequest: null });
}

/** The rate limit that processes share. Pages that the client would cache, too, are not kept: they would fill Redis. */
export function budgetStore(redis: Redis): KeyValueStore {
  const isBudget = (key: string): boolean => key.startsWith("workflow-runs:budget:");
  return {
    get: async (key) => (isBudget(key) ? ((await redis.get(key)) ?? undefined) : undefined),
    set: async (key, value, ttl = 3_600_000) =>
      isBudget(key) && redis.set(key, value, "PX", Math.ceil(ttl)),
    delete: async (key) => isBudget(key) && redis.del(key),
  };
}

/** What is wrong with the server for a queue that must not lose jobs, in sentences. */
export async function redisWarnings(redis: Redis): Promise<string[]> {
  const value = async (name: string): Promise<string | undefined> => {
    try {
      return ((await redis.config("GET", name)) as string[])[1];
    } catch {
      // A hosted Redis may refuse CONFIG.
      return undefined;
    }
  };
  const [appendOnly, policy] = [await value("appendonly"), await value("maxmemory-policy")];
  return [
    appendOnly === undefined
      ? [
          "Redis does not show its configuration: see to it that appendonly is yes and maxmemory-policy noeviction.",
        ]
      : [],
    appendOnly === "no"
      ? [
          "Redis keeps jobs in memory only (appendonly no): a restart loses the queue. Set appendonly yes, or start again after a restart.",
        ]
      : [],
    policy !== undefined && policy !== "noeviction"
      ? [
          `Redis drops keys when its memory is full (maxmemory-policy ${policy}), and jobs with them. Set maxmemory-policy noeviction.`,
        ]
      : [],
  ].flat();
}
