// A list of workflow runs in a process of its own: pages, `created`, and so much latency for every answer.
// argv: number of runs, bytes of each, milliseconds of latency.
import { createServer } from "node:http";

const [count, size, latency] = process.argv.slice(2).map(Number) as [number, number, number];
const newest = Date.UTC(2026, 5, 30) / 1000;
const spacing = 60;

const repository = (bytes: number): object => {
  const entries: [string, string][] = [];
  for (let written = 0; written < bytes; written += 100)
    entries.push([
      `url_${entries.length}`,
      `https://api.github.com/repos/octo-org/octo-repo/things/${entries.length}{/sha}`.padEnd(
        84,
        "x",
      ),
    ]);
  return Object.fromEntries(entries);
};
const rest = JSON.stringify({
  name: "Build",
  head_branch: "main",
  head_sha: "acb5820ced9479c074f688cc328bf03f341a511d",
  event: "push",
  status: "completed",
  conclusion: "success",
  workflow_id: 159_038,
  pull_requests: [],
  repository: repository(size / 2 - 200),
  head_repository: repository(size / 2 - 200),
}).slice(1);

const secondOf = (index: number): number => newest - index * spacing;
const iso = (second: number): string => new Date(second * 1000).toISOString().replace(".000", "");
const run = (index: number): string =>
  `{"id":${30_000_000_000 - index * 7},"run_number":${count - index},"created_at":"${iso(secondOf(index))}",${rest}`;

const server = createServer((request, response) => {
  const due = performance.now() + latency;
  const url = new URL(request.url ?? "/", "http://localhost");
  const perPage = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  const created = url.searchParams.get("created");
  const [from = "*", to = "*"] = created?.split("..") ?? [];
  const isSearch = created !== null || url.searchParams.has("branch");
  // Run `index` was created `index` spacings before the newest.
  const first = to === "*" ? 0 : Math.max(0, Math.ceil((newest - Date.parse(to) / 1000) / spacing));
  const last =
    from === "*"
      ? count
      : Math.min(count, Math.floor((newest - Date.parse(from) / 1000) / spacing) + 1);
  const shown = Math.min(last, first + (isSearch ? 1000 : 40_000));
  const start = first + (page - 1) * perPage;
  const end = Math.min(shown, start + perPage);
  const runs: string[] = [];
  for (let index = start; index < end; index++) runs.push(run(index));
  const total = Math.min(Math.max(0, last - first), isSearch ? 2500 : 40_000);
  const body = Buffer.from(`{"total_count":${total},"workflow_runs":[${runs.join(",")}]}`);
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  const link =
    end < shown
      ? { link: `<http://${request.headers.host}${next.pathname}${next.search}>; rel="next"` }
      : {};
  setTimeout(
    () =>
      response
        .writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-length": body.length,
          ...link,
        })
        .end(body),
    Math.max(0, due - performance.now()),
  );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
});
