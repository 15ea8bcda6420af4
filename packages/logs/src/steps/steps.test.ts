import { describe, expect, test } from "vitest";
import { stamp, timed } from "../../test/log-archives.ts";
import { JobScanner } from "./job-scan.ts";
import { splitByMarkers, splitBySteps } from "./split-steps.ts";

const run = (command: string) => [
  `##[group]Run ${command}`,
  `\u001b[36;1m${command}\u001b[0m`,
  "shell: /usr/bin/bash -e {0}",
  "##[endgroup]",
];
const uses = (action: string) => [`##[group]Run ${action}`, "with:", "  a: b", "##[endgroup]"];
const setUp = ["Current runner version: '2.331.0'", "Complete job name: build"];
const complete = ["Cleaning up orphan processes"];

function scan(lines: readonly string[], from = 0) {
  const scanner = new JobScanner();
  scanner.add(new TextEncoder().encode(timed(lines, from)));
  return scanner.end();
}

function names(lines: readonly string[]): string[] {
  return splitByMarkers(scan(lines).boundaries).map(
    ({ name, boundary }) => `${boundary.line} ${name}`,
  );
}

describe("by markers", () => {
  test("a step starts with Run, a post step with its own line, the ends with theirs", () => {
    const lines = [...setUp, ...run("npm test"), "ok", ...uses("a/b@v1"), "Post job cleanup.", "x"];
    expect(names([...lines, ...complete])).toEqual([
      "0 Set up job",
      "2 Run npm test",
      "7 Run a/b@v1",
      "11 Post job cleanup",
      "13 Complete job",
    ]);
  });

  test("a group that a program opens with the same word is none", () => {
    expect(
      names([...setUp, ...run("make"), "##[group]Run tests", "test 1", "##[endgroup]"]),
    ).toEqual(["0 Set up job", "2 Run make"]);
  });

  test("what a program prints in the middle of a job is not its end", () => {
    const printed = ["Cleaning up orphan processes", "Post job cleanup."];
    expect(names([...setUp, ...run("a"), ...printed, ...run("b"), ...complete])).toEqual([
      "0 Set up job",
      "2 Run a",
      "8 Run b",
      "12 Complete job",
    ]);
  });

  test("a warning about a local action's pre is the first line of the step behind it", () => {
    const warning =
      "##[warning]`pre` execution is not supported for local action from './.github/actions/x'";
    expect(
      names([...setUp, ...run("a"), warning, ...uses("./x"), warning, "Post job cleanup."]),
    ).toEqual(["0 Set up job", "2 Run a", "6 Run ./x", "11 Post job cleanup"]);
  });

  test("the steps inside a composite action, marked since 2026, are part of it", () => {
    expect(
      names([
        ...setUp,
        ...uses("./composite"),
        "##[start-action display=Run npm ci;id=setup.install]",
        ...run("npm ci"),
        "##[end-action id=setup.install;outcome=success;conclusion=success;duration_ms=3]",
        ...run("npm test"),
      ]),
    ).toEqual(["0 Set up job", "2 Run ./composite", "12 Run npm test"]);
  });

  test("containers and images have steps of their own", () => {
    expect(
      names([
        ...setUp,
        "##[group]Checking docker version",
        "##[endgroup]",
        "##[group]Build container for action use: './Dockerfile'.",
        "##[endgroup]",
        ...run("make"),
        "Print service container logs: x",
        "Stop and remove container: x",
        ...complete,
      ]),
    ).toEqual([
      "0 Set up job",
      "2 Initialize containers",
      "4 Build container for action use: './Dockerfile'",
      "6 Run make",
      "10 Stop containers",
      "12 Complete job",
    ]);
  });
});

describe("by the API's steps", () => {
  const known = (name: string, from: number, conclusion = "success") => ({
    name,
    conclusion,
    started_at: `${stamp(from).slice(0, 19)}Z`,
  });
  const lines = [
    ...setUp, // 0
    ...uses("./composite"), // 2
    ...run("inner 1"), // 6
    "one", // 10
    ...run("inner 2"), // 11
    "two", // 15
    ...run("npm test"), // 16
    "Post job cleanup.", // 20
    "Post job cleanup.", // 21
    ...complete, // 22
  ];

  test("a composite action's inner steps are told from the job's by their times", () => {
    const places = splitBySteps(scan(lines).boundaries, [
      known("Set up job", 0),
      known("Prepare", 2),
      known("Skipped", 16, "skipped"),
      known("Test", 16),
      known("Post Prepare", 20),
      known("Complete job", 22),
    ]);
    expect(places.map((place) => place?.line)).toEqual([0, 2, undefined, 16, 20, 22]);
  });

  test("just as many markers of the right kinds are the steps, whatever the times say", () => {
    const { boundaries } = scan([...setUp, ...run("a"), ...run("b"), ...complete], 500);
    const places = splitBySteps(boundaries, [
      known("Set up job", 0),
      known("A", 0),
      known("B", 0),
      known("Complete job", 0),
    ]);
    expect(places.map((place) => place?.line)).toEqual([0, 2, 6, 10]);
  });

  test("a name that says what was run decides within one second", () => {
    const quick = [...setUp, ...uses("./composite"), ...run("inner"), ...run("npm test")].map(
      (text, index) => `${stamp(5 + index / 100)} ${text}\n`,
    );
    const scanner = new JobScanner();
    scanner.add(new TextEncoder().encode(quick.join("")));
    const places = splitBySteps(scanner.end().boundaries, [
      known("Set up job", 5),
      known("Prepare", 5),
      known("Run npm test", 5),
    ]);
    expect(places.map((place) => place?.line)).toEqual([0, 2, 10]);
  });

  test("a log with more markers than can be compared with all steps is split in one pass", () => {
    const many = [...setUp, ...Array.from({ length: 30_000 }, () => run("x")).flat(), ...complete];
    const { boundaries } = scan(many);
    const steps = [
      known("Set up job", 0),
      ...Array.from({ length: 400 }, (_, at) => known(`Step ${at}`, 2 + at * 40)),
    ];
    const places = splitBySteps(boundaries, [...steps, known("Complete job", many.length - 1)]);
    expect(places.map((place) => place?.line)).toEqual([
      0,
      ...Array.from({ length: 400 }, (_, at) => 2 + at * 40),
      many.length - 1,
    ]);
  });

  test("a step that wrote nothing has no place", () => {
    const { boundaries } = scan([...setUp, ...run("a"), ...complete]);
    const places = splitBySteps(boundaries, [
      known("Set up job", 0),
      known("A", 2),
      known("Silent", 90),
      known("Complete job", 6),
    ]);
    expect(places.map((place) => place?.line)).toEqual([0, 2, undefined, 6]);
  });
});

describe("a job's log", () => {
  test("tells the job's whole name and its runner", () => {
    expect(scan(setUp).jobName).toBe("build");
    expect(scan(["Runner name: 'my runner'"]).runnerName).toBe("my runner");
    expect(
      scan(["Job is about to start running on the hosted runner: GitHub Actions 1000000174"])
        .runnerName,
    ).toBe("GitHub Actions 1000000174");
    expect(
      scan(["Job is about to start running on the runner: runner-30 (organization)"]).runnerName,
    ).toBe("runner-30");
  });

  test("is told from notes on the strategy", () => {
    expect(scan(["##[section]Starting: Prepare job build", "Evaluating strategy"]).strategy).toBe(
      true,
    );
    expect(scan(setUp).strategy).toBe(false);
  });
});
