// node src/sync.ts ORGANISATION: copies every run of an organisation into a database, one repository after the other.
// Nothing else is needed; start it again whenever you like, and it asks only for what may have changed.
import type { LimitEvent } from "@workflow-runs/core";
import { GitHub } from "./github.ts";
import { openStore } from "./open-store.ts";
import { settings } from "./settings.ts";
import { syncRepository } from "./sync-repository.ts";

const [organisation] = process.argv.slice(2);
if (organisation === undefined) {
  console.error("usage: node src/sync.ts ORGANISATION");
  process.exit(2);
}
const stop = new AbortController();
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => stop.abort(code));
const all = settings();
// There is nothing else to do until the hour of the rate limit is over.
const github = new GitHub(all, { rateLimit: { maxWait: Infinity, onLimit: sayWait } });
const store = await openStore(all.databaseUrl ?? "runs.sqlite");
let failed = 0;
try {
  // All names before the first copy: hours later the pages of the organisation are others.
  const repositories: string[] = [];
  for await (const repository of github.repositoriesOf(organisation, stop.signal))
    repositories.push(repository);
  for (const repository of repositories) {
    try {
      const client = await github.clientOf(organisation);
      await syncRepository(store, client, repository, all, stop.signal);
      console.log(repository);
    } catch (error) {
      stop.signal.throwIfAborted();
      failed++;
      console.error(repository, error instanceof Error ? error.message : error);
    }
  }
  if (failed > 0) console.error(`${failed} repositories are not up to date: start again.`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = stop.signal.reason as number;
} finally {
  await store.close();
}

function sayWait({ limit, wait, retryAt }: LimitEvent): void {
  if (wait > 60_000)
    console.error(`${limit} rate limit: going on at ${retryAt.toLocaleTimeString()}`);
}
