import { expect, test } from "vitest";
import { createTerminal, startTime, type Terminal } from "../test/terminal.ts";

const someRepository = "octo-org/octo-repo";
const githubApi = "https://api.github.com";
// GH_REPO is what the tests' terminal goes by otherwise.
const elsewhere = { env: { GH_REPO: undefined } };

/** The commands that were recommended. */
function hints(terminal: Terminal): string[] {
  return [...terminal.stdout().matchAll(/workflow-runs .*/g)].map(([command]) => command);
}

test("a follow-up of `view` repeats the options that lead to the repository, and works", async () => {
  const terminal = createTerminal(elsewhere);
  const { id } = terminal.repository.createRun({
    created_at: startTime - 3_600_000,
    jobs: [{ name: "test", conclusion: "failure" }],
  });
  expect(
    await terminal.run("view", "failed", "--repo", someRepository, "--api-url", githubApi),
  ).toBe(0);
  const [why = ""] = hints(terminal);
  expect(why).toBe(`workflow-runs explain ${id} -R ${someRepository} --api-url ${githubApi}`);
  expect(await terminal.run(...why.split(" ").slice(1))).toBe(0);
});

test("so do those of rerun, cancel, approve and watch", async () => {
  const terminal = createTerminal(elsewhere);
  const environment = { name: "production", reviewers: ["octocat"] };
  const { id } = terminal.repository.createRun({ jobs: [{ name: "deploy", environment }] });
  await terminal.context.sleep(60_000);
  const at = ["-R", someRepository, "--no-color"];
  expect(await terminal.run("view", String(id), ...at)).toBe(0);
  expect(await terminal.run("watch", String(id), "--timeout", "0", ...at)).toBe(6);
  expect(await terminal.run("approve", String(id), ...at)).toBe(0);
  await terminal.context.sleep(3_600_000);
  expect(await terminal.run("rerun", String(id), ...at)).toBe(0);
  expect(await terminal.run("cancel", String(id), ...at)).toBe(0);
  const tail = `${id} -R ${someRepository} --no-color`;
  expect(hints(terminal)).toEqual([
    `workflow-runs approve ${tail}`,
    `workflow-runs approve ${tail}`,
    `workflow-runs watch ${tail}`,
    `workflow-runs watch ${tail}`,
    `workflow-runs watch ${tail}`,
  ]);
});

test("of a run named by its URL it has the repository of the URL", async () => {
  const terminal = createTerminal(elsewhere);
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  const url = `https://github.com/${someRepository}/actions/runs/${id}`;
  expect(await terminal.run("view", url)).toBe(0);
  expect(hints(terminal)).toEqual([`workflow-runs watch ${id} -R github.com/${someRepository}`]);
});

test("what a shell would take apart is quoted", async () => {
  const terminal = createTerminal(elsewhere);
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  const url = `https://github.com/${someRepository}?tab=it's&x=1`;
  expect(await terminal.run("view", "latest", "-R", url)).toBe(0);
  expect(hints(terminal)).toEqual([
    `workflow-runs watch ${id} -R 'https://github.com/${someRepository}?tab=it'\\''s&x=1'`,
  ]);
});

test("without such options there is nothing to repeat", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("view", "latest")).toBe(0);
  expect(hints(terminal)).toEqual([`workflow-runs watch ${id}`]);
});

test("a run that cannot be run again yet is no matter of the token", async () => {
  const terminal = createTerminal(elsewhere);
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("rerun", String(id), "-R", someRepository)).toBe(1);
  const words = terminal.stderr();
  expect(words).toContain("already running");
  expect(words).not.toMatch(/token|permission|gh auth/i);
});
