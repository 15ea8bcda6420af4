import { presets } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { createTerminal, startTime, type Terminal } from "../../test/terminal.ts";
import { matrix } from "../../test/world.ts";
import { Interrupted } from "../stop-reasons.ts";

const someJobs = [
  { name: "lint", steps: [{ name: "Run lint", seconds: 10 }] },
  { name: "test", needs: "lint", steps: [{ name: "Run npm test", seconds: 30 }] },
];

test("tells each job as it starts and ends, and exits 0 when the run succeeds", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ display_title: "Ship it", jobs: someJobs });
  expect(await terminal.run("watch", String(id))).toBe(0);
  const [head, , , , , ...lines] = terminal.stdout().trimEnd().split("\n");
  expect(head).toBe("○ Ship it");
  expect(lines.map((line) => line.replaceAll(/\d+s/g, "N"))).toEqual([
    "● lint          started",
    "✓ lint          success in N",
    "● test          started",
    "✓ test          success in N",
    "",
    `✓ Run ${id}, attempt 1: success in N`,
  ]);
  expect(terminal.stderr()).toBe("");
});

test("exits 3 when the run does not succeed, and names the step", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({
    jobs: [{ name: "test", conclusion: "failure", steps: [{ name: "Run npm test" }] }],
  });
  expect(await terminal.run("watch", "latest")).toBe(3);
  expect(terminal.stdout()).toMatch(/✗ test +failure in \d+s at step 2, Run npm test/);
});

test("a run that is over already is shown at once", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed", conclusion: "cancelled" });
  expect(await terminal.run("watch", "latest")).toBe(3);
  expect(terminal.context.now()).toBe(startTime);
});

test("a run without jobs has one empty line before its end", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun(presets.startupFailure());
  expect(await terminal.run("watch", "latest")).toBe(3);
  const lines = terminal.stdout().trimEnd().split("\n");
  expect(lines.slice(-6)).toEqual([
    `  https://github.com/octo-org/octo-repo/actions/runs/${id}`,
    "",
    expect.stringMatching(/^✗ Run \d+, attempt 1: startup_failure/),
    "",
    `Run ${id} did not start, and has no logs.`,
    `Why: https://github.com/octo-org/octo-repo/actions/runs/${id}`,
  ]);
});

test("--timeout ends it with exit code 6, and the run goes on", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "90s")).toBe(6);
  expect(terminal.context.now() - startTime).toBe(90_000);
  expect(terminal.stderr()).toBe(
    `error: Waited 1m 30s, and run ${id}, attempt 1, was last seen in_progress; it goes on. Wait longer with a larger --timeout.\n`,
  );
  expect(terminal.repository.run(id)?.data.status).toBe("in_progress");
});

test("--timeout while the jobs cannot be read gives the last failure too", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes("/jobs")) return new Response("", { status: 502 });
      return terminal.fake.fetch(request);
    },
  });
  terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "4s")).toBe(6);
  const text = terminal.stderr();
  expect(text).toMatch(
    /^error: Waited 4s, and run \d+, attempt 1, was last seen in_progress; it goes on \(the last request: 502 GET .*--timeout\.\n/m,
  );
  expect(text).not.toContain("`timeout`");
});

test("GitHub being away for long ends it with exit code 1, in words of the command", async () => {
  let away = false;
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return away ? new Response("", { status: 502 }) : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  terminal.after(30_000, () => {
    away = true;
  });
  expect(await terminal.run("watch", String(id))).toBe(1);
  const [last] = terminal.stderr().match(/^error: .*/m) ?? [];
  expect(last).toMatch(
    /^error: Every request failed for \d+m \d+s, and run \d+, attempt 1, was last/,
  );
  expect(last).toContain("(the last request: 502 GET ");
  expect(last).not.toContain("maxOutage");
});

test("--interval is the time between polls", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "10m", "--interval", "5m")).toBe(6);
  const polls = terminal.requests.filter(({ url }) => url.includes("/jobs"));
  expect(polls).toHaveLength(2);
});

test("says who a run waits for, and goes on when it is approved", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [{ name: "deploy", environment: { name: "production", reviewers: ["octocat"] } }],
  });
  terminal.after(600_000, async () => {
    const approved = createTerminal({ fetch: terminal.fake.fetch });
    expect(await approved.run("approve", String(id))).toBe(0);
  });
  expect(await terminal.run("watch", String(id))).toBe(0);
  const text = terminal.stdout();
  expect(text).toContain("! The deployment to production waits for a review by octocat.\n");
  expect(text).toContain(`! Let it run: workflow-runs approve ${id}\n`);
  expect(text.match(/waits for a review/g)).toHaveLength(1);
});

test("--json is a line for each change", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ jobs: someJobs });
  expect(await terminal.run("watch", "latest", "--json")).toBe(0);
  const changes = terminal
    .stdout()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { run: { status: string }; jobs: { name: string }[] });
  expect(changes[0]?.run.status).toBe("queued");
  expect(changes.at(-1)?.run).toMatchObject({ status: "completed", conclusion: "success" });
  expect(changes.flatMap(({ jobs }) => jobs.map(({ name }) => name))).toContain("test");
});

/** The pictures that were drawn, one over the other. */
function pictures(drawn: string): string[] {
  return drawn
    .split("\u001B[?2026h")
    .slice(1)
    .map((picture) => picture.split("\u001B[0J")[1]?.split("\u001B[?2026l")[0] ?? "");
}

test("on a terminal it draws one picture over the other, and standard output gets the end", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 60, rows: 20, env: { NO_COLOR: "1" } });
  const { id } = terminal.repository.createRun({ jobs: someJobs });
  expect(await terminal.run("watch", "latest")).toBe(0);
  const drawn = terminal.stderr();
  const all = pictures(drawn);
  expect(all.some((picture) => /● CI #1 {2}in_progress · 6s · 0\/1 jobs/.test(picture))).toBe(true);
  expect(all.some((picture) => /● lint {2}in_progress \d+s › Run lint/.test(picture))).toBe(true);
  expect(all.at(-1)).toMatch(
    /^✓ CI #1 {2}success · \S+\n✓ lint {2}success \S+\n✓ test {2}success \S+\n$/,
  );
  for (const picture of all) {
    for (const line of picture.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  }
  expect(drawn.endsWith("\u001B[?25h\u0007")).toBe(true);
  expect(terminal.stdout()).toMatch(new RegExp(`^✓ Run ${id}, attempt 1: success in \\S+\n$`));
});

test("it tells when the run is likely to end, by earlier ones, and when it takes longer than they did", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  const jobs = (seconds: number) => [{ name: "test", steps: [{ name: "Run make", seconds }] }];
  for (const seconds of [40, 50, 60]) {
    terminal.repository.createRun({ jobs: jobs(seconds) });
    await terminal.context.sleep(600_000);
  }
  terminal.repository.createRun({ jobs: jobs(120) });
  expect(await terminal.run("watch", "latest")).toBe(0);
  const headings = pictures(terminal.stderr()).map((picture) => picture.split("\n")[0] ?? "");
  const left = headings.flatMap((line) => /about (\d+)s left$/.exec(line)?.[1] ?? []).map(Number);
  expect(left[0]).toBeGreaterThan(40);
  expect(left[0]).toBeLessThan(60);
  expect(headings.some((line) => line.endsWith(" · longer than usual"))).toBe(true);
  expect(headings.at(-1)).toMatch(/success · \d+m \d+s$/);
});

test.each([
  ["success", 0, "succeeded"],
  ["failure", 3, "did not succeed"],
] as const)(
  "at the end, %s, a terminal that shows notifications gets one, another one the bell",
  async (conclusion, exitCode, words) => {
    const notification = `\u001B]9;workflow-runs: ${words}\u0007`;
    for (const [program, expected] of [
      ["WezTerm", notification],
      ["Apple_Terminal", "\u0007"],
    ] as const) {
      const env = { TERM_PROGRAM: program, NO_COLOR: "1" };
      const terminal = createTerminal({ isTTY: true, columns: 80, env });
      terminal.repository.createRun({ status: "completed", conclusion });
      expect(await terminal.run("watch", "latest")).toBe(exitCode);
      const written = terminal.stderr();
      expect(written).toContain(`\u001B[?25h${expected}`);
      expect(written.split("\u0007")).toHaveLength(2);
    }
  },
);

test("however many jobs there are, the picture fits the screen, and shows what failed", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, rows: 24, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ jobs: matrix() });
  expect(await terminal.run("watch", "latest")).toBe(3);
  const all = pictures(terminal.stderr());
  for (const picture of all) {
    expect(picture.trimEnd().split("\n").length).toBeLessThan(24);
    for (const line of picture.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
  const last = all.at(-1) ?? "";
  expect(last.match(/test \/ build and test/g)).toHaveLength(1);
  expect(last).toContain("57 success, 3 failure");
  expect(last).toMatch(/✗ \(windows-latest, node 21, shard 1 of 4\) {2}failure/);
  expect(last).toContain("✗ 3. Run npm test");
  // Then why they failed.
  expect(terminal.stdout()).toContain("AssertionError: expected 1 to be 2");
});

test("Ctrl-C leaves the picture, and shows the cursor again", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ status: "in_progress" });
  terminal.after(10_000, () => terminal.stop.abort(new Interrupted("SIGINT")));
  expect(await terminal.run("watch", "latest")).toBe(130);
  const drawn = terminal.stderr();
  expect(drawn).toContain("in_progress · 9s");
  expect(drawn.endsWith("\u001B[?25h")).toBe(true);
});

test("a terminal that cannot draw gets a line for each change", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { TERM: "dumb" } });
  terminal.repository.createRun({ jobs: someJobs });
  expect(await terminal.run("watch", "latest")).toBe(0);
  expect(terminal.stderr()).toBe("");
  const text = terminal.stdout();
  expect(text).not.toContain("\u001B");
  expect(text).toMatch(/^● lint +started$/m);
});

const sha = "a123456789abcdef0123456789abcdef01234567";
const clone = {
  env: { GH_REPO: undefined, NO_COLOR: "1" },
  commands: {
    "git remote -v": "origin\tgit@github.com:octo-org/octo-repo.git (fetch)\n",
    "git rev-parse --verify --quiet HEAD": `${sha}\n`,
  },
};

test("without RUN it waits for the runs of HEAD to appear, and watches all of them", async () => {
  const terminal = createTerminal(clone);
  terminal.after(20_000, () => {
    const run = { head_sha: sha, jobs: someJobs };
    terminal.repository.createRun({ ...run, workflow: "ci.yml" });
    terminal.repository.createRun({
      ...run,
      workflow: "docs.yml",
      jobs: [
        {
          name: "pages",
          conclusion: "failure",
          steps: [{ name: "Run make", log: "fatal: no room" }],
        },
      ],
    });
  });
  expect(await terminal.run("watch")).toBe(3);
  expect(terminal.stderr()).toContain("Waiting for the runs of a123456.\n");
  const text = terminal.stdout();
  expect(text).toMatch(/^CI: ✓ lint +success in \d+s$/m);
  expect(text).toMatch(/^Docs: ✗ pages +failure in \d+s at step 2, Run make$/m);
  expect(text).toMatch(/^✓ CI: Run \d+, attempt 1: success in /m);
  expect(text).toMatch(/^✗ Docs: Run \d+, attempt 1: failure in /m);
  expect(text).toContain("fatal: no room");
});

test("no run of HEAD appears: not found, after two minutes", async () => {
  const terminal = createTerminal(clone);
  expect(await terminal.run("watch")).toBe(5);
  expect(terminal.context.now() - startTime).toBeGreaterThanOrEqual(120_000);
});

test("--timeout before a run of HEAD has appeared, and while one of two still runs", async () => {
  const terminal = createTerminal(clone);
  expect(await terminal.run("watch", "--timeout", "5s")).toBe(6);
  expect(terminal.stderr()).toContain("Waited 5s, and no run has appeared. Wait longer");
  terminal.repository.createRun({ head_sha: sha, status: "in_progress" });
  terminal.repository.createRun({ head_sha: sha, status: "completed" });
  expect(await terminal.run("watch", "--timeout", "5s")).toBe(6);
  expect(terminal.stderr()).toContain(
    "Waited 5s, and 1 of 2 runs were last seen open; they go on.",
  );
});

test("--pr watches the last commit of a pull request", async () => {
  const terminal: Terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith("/pulls/7")) return Response.json({ head: { sha } });
      return request.url.endsWith("/pulls/8")
        ? Response.json({ message: "Not Found" }, { status: 404 })
        : terminal.fake.fetch(request);
    },
  });
  terminal.repository.createRun({ head_sha: sha, status: "completed" });
  expect(await terminal.run("watch", "--pr", "7")).toBe(0);
  expect(terminal.stdout()).toMatch(/^✓ CI: Run \d+, attempt 1: success/m);
  expect(await terminal.run("watch", "--pr", "8")).toBe(2);
  expect(terminal.stderr()).toContain("has no pull request 8");
});

test("a bad response is reported on standard error, and survived", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isJobs = request.url.includes("/jobs");
      if (isJobs && (failures -= 1) > 0) return new Response("", { status: 502 });
      return terminal.fake.fetch(request);
    },
  });
  let failures = 3;
  terminal.repository.createRun({ jobs: someJobs });
  expect(await terminal.run("watch", "latest")).toBe(0);
  expect(terminal.stderr()).toMatch(/502 GET .*\/jobs.* Trying again in \d+s\.\n/);
});
