// A process of its own that requests a list through a shared store, and reports what it got.
import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import { createClient } from "../src/index.ts";

const [redis = "", baseUrl = "", auth = "", maxWait = "0"] = process.argv.slice(2);
const cache = new Keyv({ store: new KeyvRedis(redis) });
const github = createClient({
  baseUrl,
  auth,
  cache,
  rateLimit: { maxWait: Number(maxWait) },
  retry: false,
});
const repository = github.repository("o/r");
const pages = [];
for (let page = 1; page <= 3; page++)
  pages.push(
    await repository.listWorkflowRunsForRepo({ page }).then(
      (data) => data.total_count,
      (error: Error) => error.name,
    ),
  );
process.stdout.write(JSON.stringify({ pages, remaining: github.rateLimit?.remaining }), () => {
  // A client of a Redis that is away never disconnects.
  process.exit();
});
