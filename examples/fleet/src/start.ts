// node src/start.ts ORGANISATION: one job for each repository. Every night again: what has ended is started anew.
import { GitHub } from "./github.ts";
import { enqueue, openQueue } from "./queue.ts";
import { budgetStore, connectRedis, redisWarnings } from "./redis.ts";
import { settings } from "./settings.ts";

const [organisation] = process.argv.slice(2);
if (organisation === undefined) {
  console.error("usage: node src/start.ts ORGANISATION");
  process.exit(2);
}
const all = settings();
const redis = connectRedis(all.redisUrl);
redis.on("error", (error) => console.error(error.message));
for (const warning of await redisWarnings(redis)) console.error(warning);
const queue = openQueue(redis);
let repositories = 0;
const github = new GitHub(all, { cache: budgetStore(redis) });
for await (const repository of github.repositoriesOf(organisation)) {
  await enqueue(queue, repository);
  repositories++;
}
console.log(`${repositories} repositories`);
await queue.close();
redis.disconnect();
