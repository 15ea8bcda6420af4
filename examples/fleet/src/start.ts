// node src/start.ts ORGANISATION [CREATED]: one job for each repository of an organisation.
import { Queue } from "bullmq";
import { redisConnection, settings } from "./connect.ts";
import { type CrawlJob, queueName } from "./crawl-job.ts";
import { repositoriesOf } from "./organisation.ts";

const [organisation, created = ">=2000-01-01"] = process.argv.slice(2);
if (organisation === undefined) {
  console.error("usage: node src/start.ts ORGANISATION [CREATED, e.g. '>=2026-01-01']");
  process.exit(2);
}
const { redisUrl, ...github } = settings();
const queue = new Queue<CrawlJob>(queueName, { connection: redisConnection(redisUrl) });
let jobs = 0;
for await (const repository of repositoriesOf(organisation, github)) {
  // The same id for the same work: starting twice does not crawl twice.
  const jobId = Buffer.from(`${repository} ${created}`).toString("base64url");
  const attempts = { attempts: 5, backoff: { type: "exponential", delay: 10_000 } };
  await queue.add("crawl", { repository, created }, { jobId, ...attempts });
  jobs++;
}
console.log(`${jobs} repositories`);
await queue.close();
