// node src/sync.ts ORGANISATION: copies every run of an organisation into a database, one repository after the other.
// Nothing else is needed; start it again whenever you like, and it asks only for what may have changed.
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
process.once("SIGINT", () => stop.abort(new Error("interrupted")));
const all = settings();
const github = new GitHub(all);
const store = await openStore(all.databaseUrl);
let failed = 0;
for await (const repository of github.repositoriesOf(organisation)) {
  try {
    await syncRepository(store, await github.clientOf(organisation), repository, all, stop.signal);
    console.log(repository);
  } catch (error) {
    if (stop.signal.aborted) break;
    failed++;
    console.error(repository, error instanceof Error ? error.message : error);
  }
}
await store.close();
if (failed > 0) console.error(`${failed} repositories are not up to date: start again.`);
process.exitCode = stop.signal.aborted ? 130 : failed > 0 ? 1 : 0;
