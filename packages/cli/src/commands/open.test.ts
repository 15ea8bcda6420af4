import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

test("open shows the run's page, or a job's, in the browser", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  const url = `https://github.com/octo-org/octo-repo/actions/runs/${id}`;
  expect(await terminal.run("open", String(id))).toBe(0);
  expect(terminal.stdout()).toBe(`${url}\n`);
  const job = terminal.repository.run(id)?.jobs[0]?.id;
  expect(await terminal.run("open", `${url}/job/${job}`)).toBe(0);
  expect(await terminal.run("view", String(id), "--web")).toBe(0);
  expect(terminal.pages).toEqual([url, `${url}/job/${job}`, url]);
  expect(await terminal.run("open", String(id), "--print", "--json")).toBe(0);
  expect(terminal.pages).toHaveLength(3);
});

test("view shows annotations, and --exit-status is 3 for a run that failed", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    status: "completed",
    jobs: [{ name: "test", conclusion: "failure" }],
  });
  expect(await terminal.run("view", String(id))).toBe(0);
  expect(terminal.stdout()).toMatch(
    /^Annotations\n✗ failure {2}test\n {2}Process completed with exit code 1\.\n/m,
  );
  expect(
    await terminal.run("view", String(id), "--exit-status", "--jq", ".annotations[].job"),
  ).toBe(3);
  expect(terminal.stdout()).toBe("test\n");
});

test("annotations that may not be read are none", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return request.url.includes("/annotations")
        ? Response.json({ message: "Resource not accessible" }, { status: 403 })
        : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun({
    status: "completed",
    jobs: [{ name: "test", conclusion: "failure" }],
  });
  expect(await terminal.run("view", String(id))).toBe(0);
  expect(terminal.stdout()).not.toContain("Annotations");
});

test("annotations of only the first twenty failed jobs are marked as such", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    status: "completed",
    jobs: Array.from({ length: 23 }, (_, index) => ({
      name: `test ${index}`,
      conclusion: "failure" as const,
    })),
  });
  expect(await terminal.run("view", String(id))).toBe(0);
  expect(terminal.stderr().replaceAll(/\s+/g, " ")).toContain(
    "Annotations are shown of the first 20 of 23 jobs that did not succeed.",
  );
});
