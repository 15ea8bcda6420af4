// A GitHub of its own process: a page of 30 runs, and a single run, of the size GitHub sends.
import { createServer } from "node:http";

const repository = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [
    `url_number_${index}`,
    `https://api.github.com/repos/octo-org/octo-repo/things${index}{/sha}`,
  ]),
);
const run = (id: number): object => ({
  id,
  node_id: `MDExOldvcmtmbG93UnVu${id}`,
  name: "Build",
  head_branch: "main",
  head_sha: "acb5820ced9479c074f688cc328bf03f341a511d",
  run_number: 562,
  event: "push",
  status: "completed",
  conclusion: "success",
  workflow_id: 159_038,
  url: `https://api.github.com/repos/octo-org/octo-repo/actions/runs/${id}`,
  pull_requests: [],
  created_at: "2026-01-22T19:33:08Z",
  updated_at: "2026-01-22T19:33:08Z",
  repository,
  head_repository: repository,
});
const single = Buffer.from(JSON.stringify(run(30_433_642)));
const page = Buffer.from(
  JSON.stringify({
    total_count: 30,
    workflow_runs: Array.from({ length: 30 }, (_, i) => run(30_433_642 + i)),
  }),
);

const server = createServer((request, response) => {
  const body = /runs\/\d/.test(request.url ?? "") ? single : page;
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    etag: '"1"',
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600),
  });
  response.end(body);
}).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    page: page.length,
    single: single.length,
  });
});
