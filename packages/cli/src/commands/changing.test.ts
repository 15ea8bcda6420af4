import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

test("cancel stops a run", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    status: "in_progress",
    display_title: "Stop me",
  });
  expect(await terminal.run("cancel", String(id))).toBe(0);
  expect(terminal.stdout()).toBe(
    `GitHub cancels run ${id}, Stop me (main, by octocat).\nFollow it: workflow-runs watch ${id}\n`,
  );
  await terminal.context.sleep(60_000);
  expect(terminal.repository.run(id)?.data.conclusion).toBe("cancelled");
});

test("cancel of a completed run is a conflict: exit code 1, GitHub's reason, and what to do next", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("cancel", String(id), "--no-color")).toBe(1);
  const [reason, next] = terminal.stderr().trimEnd().split("\n");
  expect(reason).toMatch(/^error: 409 POST .*\/cancel: /);
  expect(next).toBe(
    `It has ended: \`workflow-runs view ${id} --no-color\` shows how, \`workflow-runs rerun ${id} --no-color\` runs it again.`,
  );
});

test("cancel of a run that never had a job says where its state is to be seen", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "queued", jobs: [] });
  expect(await terminal.run("cancel", String(id))).toBe(1);
  expect(terminal.stderr()).toMatch(
    new RegExp(`not been queued yet.*\n\`workflow-runs view ${id}\` shows its state\\.\\n$`),
  );
});

test("cancel --force uses GitHub's force-cancel", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("cancel", String(id), "--force", "--json")).toBe(0);
  expect(terminal.json()).toEqual({ run_id: id, force: true });
  const post = terminal.requests.find(({ method }) => method === "POST");
  expect(post?.url).toMatch(/\/force-cancel$/);
});

test("approve lets a fork's run go on", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ approval: "required" });
  expect(await terminal.run("view", String(id))).toBe(0);
  expect(terminal.stdout()).toContain(`Let it run: workflow-runs approve ${id}`);
  expect(await terminal.run("approve", String(id), "--json")).toBe(0);
  expect(terminal.json()).toEqual({ run_id: id, state: "approved" });
  expect(await terminal.run("watch", String(id))).toBe(0);
});

test("approve reviews every deployment that waits, or the environments that are named", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [
      { name: "one", environment: "staging" },
      { name: "two", environment: "production" },
    ],
  });
  await terminal.context.sleep(60_000);
  expect(await terminal.run("approve", String(id), "-e", "Staging", "-m", "fine")).toBe(0);
  expect(terminal.stdout()).toMatch(/^Approved the deployment to staging in run \d+, .*\.\n/);
  expect(await terminal.run("deployments", String(id))).toBe(0);
  const [waiting, reviewed] = terminal.stdout().split("\n");
  expect(waiting).toMatch(/^production\twaiting\toctocat\t/);
  expect(reviewed).toMatch(/^staging\tapproved\t\S+\tfine$/);
  expect(await terminal.run("approve", String(id))).toBe(0);
  await terminal.context.sleep(600_000);
  expect(terminal.repository.run(id)?.data.conclusion).toBe("success");
});

test("approve --reject fails the run", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ jobs: [{ name: "one", environment: "staging" }] });
  await terminal.context.sleep(60_000);
  expect(await terminal.run("approve", String(id), "--reject", "--json")).toBe(0);
  expect(terminal.json()).toEqual({ run_id: id, state: "rejected", environments: ["staging"] });
  await terminal.context.sleep(600_000);
  expect(terminal.repository.run(id)?.data.conclusion).toBe("failure");
});

test("approve refuses what waits for nobody, and an environment that does not wait", async () => {
  const terminal = createTerminal();
  const done = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("approve", String(done.id))).toBe(2);
  expect(terminal.stderr()).toContain("waits for nobody: it is completed (success)");
  const { id } = terminal.repository.createRun({ jobs: [{ name: "one", environment: "staging" }] });
  await terminal.context.sleep(60_000);
  expect(await terminal.run("approve", String(id), "-e", "prod")).toBe(2);
  expect(terminal.stderr()).toContain('to "prod" waits for a review; these do: staging');
  const fork = terminal.repository.createRun({ approval: "required" });
  expect(await terminal.run("approve", String(fork.id), "--reject")).toBe(2);
  expect(terminal.stderr()).toContain("cannot be rejected");
  expect(terminal.requests.filter(({ method }) => method === "POST")).toHaveLength(0);
});

test("deployments of a run without any says so, and --json has both lists", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("deployments", "latest")).toBe(0);
  expect(terminal.stdout()).toContain("waits for no deployment");
  expect(await terminal.run("deployments", "latest", "--json")).toBe(0);
  expect(terminal.json()).toEqual({ run_id: id, pending_deployments: [], reviews: [] });
});

test("delete removes the run whose id was typed", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed", display_title: "Old" });
  expect(await terminal.run("delete", String(id))).toBe(0);
  expect(terminal.stdout()).toBe(`Deleted run ${id}, Old (main, by octocat).\n`);
  expect(terminal.repository.run(id)).toBeUndefined();
});

test("delete --logs keeps the run", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("delete", String(id), "--logs", "--yes")).toBe(0);
  expect(terminal.repository.run(id)).toBeDefined();
  expect(await terminal.run("logs", String(id))).toBe(5);
});
