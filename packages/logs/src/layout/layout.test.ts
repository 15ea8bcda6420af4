import { describe, expect, test } from "vitest";
import { archiveLayout } from "./archive-layout.ts";
import { entryRole } from "./entry-role.ts";
import { canBeNamed } from "./job-name.ts";
import { matchJobs } from "./match-jobs.ts";

describe("an entry's role", () => {
  test.each([
    ["1_build.txt", { role: "job", ordinal: 1, name: "build" }],
    ["0_build (3.10).txt", { role: "job", ordinal: 0, name: "build (3.10)" }],
    ["-2147483648_build.txt", { role: "job", ordinal: -2147483648, name: "build" }],
    ["build/2_Run x.txt", { role: "step", folder: "build", number: 2, name: "Run x" }],
    ["🔒 a/10_b_c.txt", { role: "step", folder: "🔒 a", number: 10, name: "b_c" }],
    ["build/system.txt", { role: "system", folder: "build" }],
    ["build/", { role: "folder" }],
    ["runner-diagnostic-logs/12-build.zip", { role: "diagnostics" }],
    ["__MACOSX/build/._1_a.txt", { role: "other" }],
    ["build/.DS_Store", { role: "other" }],
    ["a/b/1_c.txt", { role: "other" }],
    ["notes.txt", { role: "other" }],
  ])("%s", (path, role) => {
    expect(entryRole(path)).toEqual(role);
  });
});

describe("the layout", () => {
  test("puts step files in order and orders jobs by their number", () => {
    const { jobs } = archiveLayout(["2_b.txt", "10_c.txt", "1_a.txt", "a/10_z.txt", "a/2_y.txt"]);
    expect(jobs.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(jobs[0]?.folder?.steps.map(({ number }) => number)).toEqual([2, 10]);
  });

  test("gives a folder that two jobs could own to neither", () => {
    const { jobs, contested } = archiveLayout(["0_test.txt", "1_test.txt", "test/1_a.txt"]);
    expect(jobs.map(({ folder }) => folder)).toEqual([undefined, undefined]);
    expect(contested.map(({ name }) => name)).toEqual(["test"]);
  });

  test("finds the folder of a name that is cut once and whole elsewhere", () => {
    const long = "x".repeat(120);
    const { jobs } = archiveLayout([`0_${long}.txt`, `${long.slice(0, 90)}/1_a.txt`]);
    expect(jobs.length).toBe(1);
    expect(jobs[0]?.folder?.steps.length).toBe(1);
  });

  test("makes a job of a folder without a job's log", () => {
    expect(archiveLayout(["build/1_a.txt"]).jobs).toMatchObject([
      { name: "build", log: undefined },
    ]);
  });
});

describe("a job's name in an archive", () => {
  test.each([
    ["build  test", "build / test"],
    ["build _ test", "build / test"],
    ["a b c", "a: b > c"],
    ["🔒 Review", "🔒 Review"],
    ["x".repeat(90), `${"x".repeat(90)} (3.10, ubuntu)`],
  ])("%s can stand for %s", (archived, name) => {
    expect(canBeNamed(archived, name)).toBe(true);
  });

  test.each([
    ["build", "build (3.10)"],
    ["build (1)", "build"],
    ["test", "Test"],
  ])("%s does not stand for %s", (archived, name) => {
    expect(canBeNamed(archived, name)).toBe(false);
  });
});

describe("matching", () => {
  const job = (name: string, runner_name: string | null = null, conclusion = "success") => ({
    name,
    runner_name,
    conclusion,
    status: "completed",
  });

  test("takes a name that only one job can have", () => {
    const { pairs, ambiguous } = matchJobs(
      [{ name: "a _ b" }, { name: "c" }],
      [job("c"), job("a / b")],
    );
    expect([...pairs]).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(ambiguous.size).toBe(0);
  });

  test("leaves a skipped job out: it has no log", () => {
    const { pairs } = matchJobs([{ name: "a_b" }], [job("a/b", null, "skipped"), job("a_b")]);
    expect([...pairs]).toEqual([[0, 1]]);
  });

  test("lets the runner decide between two jobs of one name", () => {
    const { pairs } = matchJobs(
      [
        { name: "t", jobName: "t", runnerName: "r2" },
        { name: "t", jobName: "t", runnerName: "r1" },
      ],
      [job("t", "r1"), job("t", "r2")],
    );
    expect([...pairs]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test("lets the whole name decide where the archive's is the same for two", () => {
    const { pairs } = matchJobs(
      [
        { name: "a_b", jobName: "a/b" },
        { name: "a_b", jobName: "a_b" },
      ],
      [job("a_b"), job("a/b")],
    );
    expect([...pairs]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test("finds the last one by leaving out what is taken", () => {
    const { pairs } = matchJobs(
      [{ name: "t", runnerName: "r1" }, { name: "t" }],
      [job("t", "r1"), job("t", "r2")],
    );
    expect(pairs.size).toBe(2);
  });

  test("never guesses", () => {
    const { pairs, ambiguous } = matchJobs([{ name: "t" }, { name: "t" }], [job("t"), job("t")]);
    expect(pairs.size).toBe(0);
    expect([...ambiguous]).toEqual([
      [0, [0, 1]],
      [1, [0, 1]],
    ]);
  });

  test("gives one job to neither of two logs that may both be its", () => {
    const { pairs } = matchJobs([{ name: "a_b" }, { name: "ab" }], [job("a/b")]);
    expect(pairs.size).toBe(0);
  });
});
