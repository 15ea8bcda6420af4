import { describe, expect, test } from "vitest";
import { stamp, timed } from "../../test/log-archives.ts";
import { JobScanner } from "./job-scan.ts";
import { stepsOfApi } from "./steps-of-api.ts";
import { stepsOfLog } from "./steps-of-log.ts";

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
  return stepsOfLog(scan(lines).markers).map(({ name, marker }) => `${marker.line} ${name}`);
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

  test.each([
    ["Evaluate and set job outputs"],
    ["Evaluate and set environment url"],
    ["Evaluate and set job outputs", "Set output 'a'", "Evaluate and set environment url"],
  ])("Complete job begins with its first line: %s", (...first) => {
    expect(names([...setUp, ...run("npm test"), "ok", ...first, ...complete])).toEqual([
      "0 Set up job",
      "2 Run npm test",
      "7 Complete job",
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
  const known = (name: string, from: number, conclusion = "success", to?: number) => ({
    name,
    conclusion,
    started_at: `${stamp(from).slice(0, 19)}Z`,
    completed_at: to === undefined ? null : `${stamp(to).slice(0, 19)}Z`,
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

  test("a composite action's inner steps are distinguished from the job's by their times", () => {
    const starts = stepsOfApi(scan(lines), [
      known("Set up job", 0),
      known("Prepare", 2),
      known("Skipped", 16, "skipped"),
      known("Test", 16),
      known("Post Prepare", 20),
      known("Complete job", 22),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, undefined, 16, 20, 22]);
  });

  test("as many markers as steps prove nothing when their times speak against it", () => {
    const invalid =
      "##[error]The template is not valid. ci.yml (Line: 3, Col: 1): Unexpected value";
    const printed = [...uses("./setup"), ...run("npm ci"), "added 812 packages", invalid];
    const scanned = scan([...setUp, ...printed, ...complete]);
    const starts = stepsOfApi(scanned, [
      known("Set up job", 0, "success", 1),
      known("Set up", 2, "success", 10),
      known("Deploy", 11, "failure", 11),
      known("Complete job", 12, "success", 12),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 11, 12]);
  });

  test("a failing step without a line of the runner's has the errors of its second", () => {
    const error = "##[error]An expression could not be evaluated";
    const log = [...setUp, ...run("npm test"), "##[error]Process completed with exit code 1."]
      .map((text, index) => `${stamp(5 + index / 100)} ${text}\n`)
      .concat(`${stamp(5.5)} ${error}\n`, `${stamp(5.6)} Cleaning up orphan processes\n`);
    const scanner = new JobScanner();
    scanner.add(new TextEncoder().encode(log.join("")));
    const starts = stepsOfApi(scanner.end(), [
      known("Set up job", 5, "success", 5),
      known("Test", 5, "failure", 5),
      known("Report", 5, "failure", 5),
      known("Complete job", 5, "success", 5),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 7, 8]);
  });

  test("a step that never started has no line", () => {
    const never = { name: "Deploy", conclusion: null, started_at: null, completed_at: null };
    const starts = stepsOfApi(scan([...setUp, ...run("a"), ...run("b"), ...complete]), [
      known("Set up job", 0, "success", 1),
      known("A", 2, "success", 6),
      known("B", 6, "cancelled", 9),
      never,
      known("Complete job", 10, "success", 10),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 6, undefined, 10]);
  });

  test("an action that a name says has a post step is no script", () => {
    const quick = [...setUp, ...uses("octo/set-up@v1"), ...run("inner"), ...uses("octo/cache@v1")];
    const log = [...quick, "Post job cleanup.", ...complete]
      .map((text, index) => `${stamp(5 + index / 100)} ${text}\n`)
      .join("");
    const scanner = new JobScanner();
    scanner.add(new TextEncoder().encode(log));
    const starts = stepsOfApi(scanner.end(), [
      known("Set up job", 5, "success", 5),
      known("Prepare", 5, "success", 5),
      known("Cache", 5, "success", 5),
      known("Post Cache", 5, "success", 5),
      known("Complete job", 5, "success", 5),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 10, 14, 15]);
  });

  test("a step that the user named like one of the runner's is found as what it is", () => {
    const lines = [...setUp, ...run("gh pr comment"), ...run("make"), "Post job cleanup.", "x"];
    const starts = stepsOfApi(scan([...lines, ...complete]), [
      known("Set up job", 0),
      known("Post comment", 2),
      known("Build everything", 6),
      known("Post Run actions/checkout@v4", 10),
      known("Complete job", 12),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 6, 10, 12]);
  });

  test("a name that says what was run decides within one second", () => {
    const quick = [...setUp, ...uses("./composite"), ...run("inner"), ...run("npm test")].map(
      (text, index) => `${stamp(5 + index / 100)} ${text}\n`,
    );
    const scanner = new JobScanner();
    scanner.add(new TextEncoder().encode(quick.join("")));
    const starts = stepsOfApi(scanner.end(), [
      known("Set up job", 5),
      known("Prepare", 5),
      known("Run npm test", 5),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, 10]);
  });

  test("a log with 30,000 headers is split among 400 steps by their times", () => {
    // A log that no job writes: each script's output looks like ten headers.
    const many = [...setUp, ...Array.from({ length: 30_000 }, () => run("x")).flat(), ...complete];
    const scanned = scan(many);
    const steps = [
      known("Set up job", 0),
      ...Array.from({ length: 400 }, (_, at) => known(`Step ${at}`, 2 + at * 40)),
    ];
    const starts = stepsOfApi(scanned, [...steps, known("Complete job", many.length - 1)]);
    expect(starts.map((start) => start?.line)).toEqual([
      0,
      ...Array.from({ length: 400 }, (_, at) => 2 + at * 40),
      many.length - 1,
    ]);
  });

  test("a step that wrote nothing has no start", () => {
    const scanned = scan([...setUp, ...run("a"), ...complete]);
    const starts = stepsOfApi(scanned, [
      known("Set up job", 0),
      known("A", 2),
      known("Silent", 90),
      known("Complete job", 6),
    ]);
    expect(starts.map((start) => start?.line)).toEqual([0, 2, undefined, 6]);
  });
});

describe("without the API and without marks of composite actions", () => {
  const inner = (command: string) =>
    run(command).map((line) => line.replace("-e {0}", "--noprofile --norc -e -o pipefail {0}"));
  /** The steps of a log whose lines stand some milliseconds apart. */
  const quickly = (lines: readonly string[], apart = 10) => {
    const scanner = new JobScanner();
    const log = lines.map((text, at) => `${stamp(5 + (at * apart) / 1000)} ${text}\n`).join("");
    scanner.add(new TextEncoder().encode(log));
    return stepsOfLog(scanner.end().markers).map(({ name, marker }) => `${marker.line} ${name}`);
  };

  test("another local action is a step of its own, after one whose steps have the same shell", () => {
    const prepare = ["Prepare all required actions"];
    expect(
      quickly([
        ...setUp,
        ...prepare,
        ...uses("./set-up"),
        ...inner("npm ci"),
        "x",
        ...prepare,
        ...uses("./lint"),
        ...inner("npm run lint"),
        ...complete,
      ]),
    ).toEqual(["0 Set up job", "2 Run ./set-up", "12 Run ./lint", "21 Complete job"]);
  });

  test.each([
    [60, false],
    [120, true],
  ])("a post %d ms after one that wrote nothing is a step's own: %s", (apart, isOwn) => {
    const posts = ["Post job cleanup.", "Post job cleanup.", "Cache saved"];
    const log = [...setUp, ...uses("octo/composite@v1"), "x", ...posts, ...complete];
    expect(quickly(log, apart).includes("8 Post job cleanup")).toBe(isOwn);
  });

  test("the last post is the checkout's, where the job's first action is one", () => {
    const job = (first: string) =>
      quickly([
        ...setUp,
        ...uses(first),
        "x",
        "Post job cleanup.",
        "Post job cleanup.",
        "git version 2.49.0",
        ...complete,
      ]);
    const composite = "7 Post job cleanup";
    expect(job("actions/checkout@v4")).toEqual(
      expect.arrayContaining([composite, "8 Post job cleanup"]),
    );
    expect(job("octo/composite@v1")).toContain(composite);
    expect(job("octo/composite@v1")).not.toContain("8 Post job cleanup");
  });
});

describe("a header", () => {
  test("counts when a later line of its group shows that it is the runner's", () => {
    expect(
      names([...setUp, "##[group]Run tests", "plain", "shell: bash", "##[endgroup]", "x"]),
    ).toEqual(["0 Set up job", "2 Run tests"]);
  });

  test("without a line of its own counts for an action, and not for a program's group", () => {
    const group = (title: string) => [`##[group]${title}`, "##[endgroup]"];
    expect(
      names([
        ...setUp,
        ...group("Run ./.github/actions/x"),
        "x",
        ...group("Run octo/x@v1"),
        "x",
        ...group("Run inner tests"),
      ]),
    ).toEqual(["0 Set up job", "2 Run ./.github/actions/x", "5 Run octo/x@v1"]);
  });

  test("has the lines before it that its own preparation wrote", () => {
    const node20 = "Node 20 is being deprecated. This workflow is running with Node 24 by default.";
    const prepared = [
      "Prepare all required actions",
      "Getting action download info",
      "##[group]Download immutable action package 'octo/x@v1'",
      "Version: 1.0.0",
      "##[endgroup]",
    ];
    expect(
      names([
        ...setUp,
        node20,
        ...uses("a/b@v1"),
        "x",
        "##[warning]Unexpected input(s) 'y', valid inputs are ['a']",
        node20,
        ...uses("c/d@v1"),
        ...prepared,
        ...uses("./local"),
        node20,
        "Post job cleanup.",
      ]),
    ).toEqual([
      "0 Set up job",
      "2 Run a/b@v1",
      "8 Run c/d@v1",
      "14 Run ./local",
      "23 Post job cleanup",
    ]);
  });

  test("of a hook's script belongs to the hook", () => {
    const hook = (event: string) => [
      `A job ${event} hook has been configured by the self-hosted runner administrator`,
      `##[group]Run '/etc/arc/hooks/job-${event}.sh'`,
      "shell: /usr/bin/bash",
      "##[endgroup]",
    ];
    expect(
      names([
        ...setUp,
        ...hook("started"),
        ...run("make"),
        "Post job cleanup.",
        "x",
        ...hook("completed"),
        ...complete,
      ]),
    ).toEqual([
      "0 Set up job",
      "2 Set up runner",
      "6 Run make",
      "10 Post job cleanup",
      "12 Complete runner",
      "16 Complete job",
    ]);
  });
});

test("what follows a local action whose own actions were downloaded is inside it", () => {
  const prepared = ["Prepare all required actions", "Getting action download info"];
  const lines = [...setUp, ...prepared, ...uses("./setup"), "##[debug]x", ...uses("octo/node@v1")];
  expect(names([...lines, "node 24", ...run("npm test"), ...complete])).toEqual([
    "0 Set up job",
    "2 Run ./setup",
    "14 Run npm test",
    "18 Complete job",
  ]);
});

describe("debug logging", () => {
  const condition = (name: string, result: boolean) => [
    `##[debug]Evaluating condition for step: '${name}'`,
    "##[debug]Evaluating: success()",
    `##[debug]Result: ${result}`,
  ];
  const secret = ["##[debug]Evaluating: secrets.TOKEN", "##[debug]Result: '***'"];

  test("names each step, also a skipped one, behind the lines of the job itself", () => {
    expect(
      names([
        "##[debug]Starting: build", // 0
        "##[debug]Cleaning runner temp folder: /home/runner/work/_temp",
        "##[debug]Starting: Set up job", // 2
        ...setUp,
        "##[debug]Finishing: Set up job", // 5
        ...condition("Test ${{ env.X }}", true), // 6
        "##[debug]Starting: Test 24", // 9
        ...run("npm test"),
        "##[debug]Finishing: Test 24", // 14
        ...secret, // 15
        ...condition("Report", false), // 17
        ...secret, // 20
        ...condition("Post Test", true), // 22
        "##[debug]Starting: Post Test",
        "Post job cleanup.",
        "##[debug]Finishing: Post Test", // 27
        "##[debug]Starting: Complete job", // 28
        ...complete,
        "##[debug]Finishing: Complete job",
        "##[debug]Finishing: build",
      ]),
    ).toEqual(["2 Set up job", "6 Test 24", "15 Report", "20 Post Test", "28 Complete job"]);
  });

  test("tells the steps inside an action from the job's", () => {
    expect(
      names([
        "##[debug]Starting: build",
        "##[debug]Starting: Set up job", // 1
        ...setUp,
        "##[debug]Finishing: Set up job", // 4
        ...condition("Prepare", true), // 5
        "##[debug]Starting: Prepare",
        "Prepare all required actions",
        "##[debug]Download 'https://api.github.com/repos/octo/x/tarball' to '/x'",
        ...uses("./prepare"),
        ...condition("Inside", true),
        "##[debug]Starting: Inside",
        ...run("inside"),
        "##[debug]Finished: Inside",
        "##[debug]Finishing: Prepare", // 24
        ...condition("Test", true), // 25
        "##[debug]Starting: Test",
        ...run("npm test"),
        "##[debug]Finishing: Test",
      ]),
    ).toEqual(["1 Set up job", "5 Prepare", "25 Test"]);
  });
});

describe("containers by the administrator's hooks", () => {
  const hook = [
    "##[group]Run '/home/runner/k8s/index.js'",
    "shell: /home/runner/externals/node20/bin/node {0}",
    "##[endgroup]",
  ];

  test("have steps of their own; the hook that runs a step is part of it", () => {
    expect(
      names([
        ...setUp,
        ...hook, // 2
        ...uses("actions/checkout@v5"), // 5
        ...hook,
        ...run("npm test"), // 12
        ...hook,
        "ok",
        "Post job cleanup.", // 20
        ...hook,
        ...hook, // 24
        ...complete, // 27
      ]),
    ).toEqual([
      "0 Set up job",
      "2 Initialize containers",
      "5 Run actions/checkout@v5",
      "12 Run npm test",
      "20 Post job cleanup",
      "24 Stop containers",
      "27 Complete job",
    ]);
  });
});

describe("an action that is marked", () => {
  test("and never ends does not make the rest of the log its own", () => {
    const open = "##[start-action display=Node;id=setup.node]";
    expect(names([...setUp, ...uses("./x"), open, ...run("a"), "1", ...run("b")])).toEqual([
      "0 Set up job",
      "2 Run ./x",
      "7 Run a",
      "12 Run b",
    ]);
  });

  test("40,000 times, and never ends, costs little", () => {
    const open = Array.from({ length: 40_000 }, (_, at) => `##[start-action display=y;id=a.${at}]`);
    expect(names([...setUp, ...uses("./x"), ...open, ...complete])).toEqual([
      "0 Set up job",
      "2 Run ./x",
      "40006 Complete job",
    ]);
  });
});

describe("the job's end", () => {
  test("starts with the outputs where the job has some", () => {
    const outputs = ["Evaluate and set job outputs", "Set output 'version'"];
    expect(names([...setUp, ...run("a"), ...outputs, ...complete]).at(-1)).toBe("6 Complete job");
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

  test("is distinguished from notes on the strategy", () => {
    expect(scan(["##[section]Starting: Prepare job build", "Evaluating strategy"]).strategy).toBe(
      true,
    );
    expect(scan(setUp).strategy).toBe(false);
  });
});
