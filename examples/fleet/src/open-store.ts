import { PostgresStore } from "./postgres-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";

/** The database that a URL names: PostgreSQL, or a SQLite file. */
export async function openStore(url: string): Promise<Store> {
  return /^postgres(ql)?:/.test(url) ? PostgresStore.open(url) : new SqliteStore(url);
}
