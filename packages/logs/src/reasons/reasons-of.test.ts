import { describe, expect, test } from "vitest";
import { reasonsOf } from "./reasons-of.ts";

/** The reasons of a log, the best first. */
function reasons(...lines: string[]): string[] {
  const { reasons: found } = reasonsOf(
    lines.map((text) => ({
      text: text.replace("##[error]", ""),
      level: text.startsWith("##[error]") ? ("error" as const) : ("output" as const),
    })),
  );
  return found.map(({ text }) => text);
}

const quiet = (count: number) =>
  Array.from({ length: count }, (_, at) => `copied part ${String(at)}`);
const exit = "##[error]Process completed with exit code 2.";

describe("what was allowed to fail gives way to what comes clearly later", () => {
  test.each([
    ["Git", "fatal: not a git repository (or any of the parent directories): .git"],
    ["an audit after an install", "15 vulnerabilities (5 moderate, 10 high)"],
    ["Docker's cleaning up", "Error response from daemon: conflict: unable to delete 0123abcd"],
    ["a command of a test's", "touch: illegal option -- --bad-option"],
    ["cmd", "The system cannot find the file specified."],
    ["an exception that a test provoked", "Error: Cannot reach the pool"],
  ])("%s", (_name, early) => {
    const cause = "src/sum.c:3:5: error: expected ';' before 'return'";
    const [best] = reasons(early, ...quiet(20), cause, exit);
    expect(best).toContain("expected ';' before 'return'");
    expect(reasons(early, exit)[0]).toBe(reasons(early)[0]);
  });

  test("an error of no known tool says why before it", () => {
    const [best] = reasons(
      "Error response from daemon: No such container: demo-db-1",
      ...quiet(20),
      "FAILED: the demo did not start in time",
      exit,
    );
    expect(best).toContain("did not start in time");
  });

  test("close to it, it may be what brought the other about", () => {
    const [best] = reasons(
      "fatal: couldn't find remote ref refs/heads/nope",
      "Error: no such revision",
      exit,
    );
    expect(best).toContain("couldn't find remote ref");
  });
});

test("a heading is no reason while anything else says why", () => {
  expect(reasons("=== FAILURES ===", "Error: the sum differs", exit)[0]).not.toContain("FAILURES");
  const [best] = reasons(
    "Traceback (most recent call last):",
    '  File "tool.py", line 3, in <module>',
    "ValueError: no such shop",
    exit,
  );
  expect(best).toContain("no such shop");
});

test("Gradle's reason goes on to what is below it", () => {
  const [best] = reasons(
    "* What went wrong:",
    "Execution failed for task ':app:compileJava'.",
    "> Could not resolve all files for configuration ':app:compileClasspath'.",
    "   > Could not find com.example:demo:1.0.",
    "",
    "* Try:",
    "> Run with --stacktrace option to get the stack trace.",
    exit,
  );
  expect(best).toContain("Execution failed for task ':app:compileJava'.");
  expect(best).toContain("Could not find com.example:demo:1.0.");
  expect(best).not.toContain("--stacktrace");
});

test("what Dependabot says at the end is its table's word, not that there was an error", () => {
  const log = [
    "Dependabot encountered '1' error(s) during execution, please check the logs for more details.",
    "+------------------------------+",
    "|            Errors            |",
    "+------------------------------+",
    "| security_update_not_possible |",
    "+------------------------------+",
    "##[error]Dependabot encountered an error performing the update",
    "Error: The updater encountered one or more errors.",
  ];
  expect(reasons(...log)[0]).toContain("security_update_not_possible");
});

test("what pip built gives way to what the compiler said while it did", () => {
  const [best] = reasons(
    "  error: subprocess-exited-with-error",
    "  × Building wheel for demo (pyproject.toml) did not run successfully.",
    "  │ exit code: 1",
    ...quiet(20),
    "      src/sum.c:3:5: error: expected ';' before 'return'",
    "  note: This error originates from a subprocess, and is likely not a problem with pip.",
    exit,
  );
  expect(best).toContain("expected ';'");
});

test("of a changed file that none may be, the count and the names are shown", () => {
  const { reasons: found, lines } = reasonsOf(
    [...quiet(30), " src/sum.go | 2 +-", " 1 file changed, 1 insertion(+), 1 deletion(-)"].map(
      (text) => ({ text }),
    ),
  );
  expect(found[0]?.text).toBe("1 file changed, 1 insertion(+), 1 deletion(-)");
  expect(lines.map(({ text }) => text)).toContain(" src/sum.go | 2 +-");
});

test.each([
  ["of Go's, about nothing", "go: no module dependencies to download"],
  ["of a test that is ignored", "test ui/abort.rs ... ignored, this appears to SIGABRT"],
  [
    "of Corepack's",
    "! Corepack is about to download https://registry.npmjs.org/pnpm/-/pnpm-10.33.0.tgz",
  ],
])("a line %s is no reason", (_name, line) => {
  expect(reasons(line, exit)).toEqual(["Process completed with exit code 2."]);
});

test("what is told in one line stands in an excerpt of one line", () => {
  const { reasons: found, lines } = reasonsOf(
    ["Run tests: [info] - adds *** FAILED ***", "sum.c:3:5: error: expected ';'"].map((text) => ({
      text,
    })),
    { perStep: 1 },
  );
  expect(lines).toEqual([found[0]?.logLine]);
});

describe("a heading gives way to what stands below it", () => {
  test.each([
    [
      "uv",
      ["  × Failed to build `demo @ file:///app`", "  ├─▶ The build backend returned an error"],
      "OSError: Readme file does not exist: README.md",
    ],
    [
      "Cargo",
      ["error: failed to run custom build command for `openssl-sys v0.9.1`", "Caused by:"],
      "  thread 'main' (8092) panicked at build.rs:9:9: no OpenSSL",
    ],
    [
      "Maven",
      ["[ERROR] COMPILATION ERROR : ", "[INFO] -------"],
      "[ERROR] /src/Sum.java:[3,5] cannot find symbol",
    ],
    [
      "pytest's coverage",
      ["ERROR: Coverage failure: total of 37 is less than fail-under=60"],
      "E   TypeError: numpy string dtypes are not allowed",
    ],
  ])("of %s", (_name, heading, cause) => {
    const [best = ""] = reasons(...heading, cause, exit);
    expect(cause).toContain(best);
    expect(reasons(...heading, exit)[0]).toContain((heading[0] as string).trim().slice(2, 30));
  });

  test("of Gradle, when it has failing tests", () => {
    const [best] = reasons(
      "> Task :app:test FAILED",
      "SumTest > adds() FAILED",
      "    org.opentest4j.AssertionFailedError at SumTest.java:12",
      "* What went wrong:",
      "Execution failed for task ':app:test'.",
      "> There were failing tests. See the report at: file:///app/index.html",
      exit,
    );
    expect(best).toBe("SumTest > adds() FAILED");
  });
});

test("what Gradle writes of another task does not stand in a reason of several lines", () => {
  const [best] = reasons(
    "* What went wrong:",
    "> Task :app:checkstyleMain FAILED",
    "Execution failed for task ':app:checkstyleMain'.",
    "> Unable to create Root Module: config {/app/checkstyle.xml}",
    exit,
  );
  expect(best).toBe(
    "* What went wrong: Execution failed for task ':app:checkstyleMain'. > Unable to create Root Module: config {/app/checkstyle.xml}",
  );
});

test("a reason of several lines is shown without the times that Flutter has measured", () => {
  const [best] = reasons(
    "[        ] * What went wrong:",
    "[        ] A problem occurred evaluating project ':app'.",
    "[  +21 ms] > Could not get unknown property 'kotlin_version'",
    exit,
  );
  expect(best).toContain(
    "A problem occurred evaluating project ':app'. > Could not get unknown property 'kotlin_version'",
  );
});

test.each([
  ["a command that says what it has put aside", "[-] Stashed current changes."],
  ["a list", "[-] optional part"],
])("%s is no failing test of Pester's", (_name, line) => {
  const cause = "drv.c:1:0: sorry, unimplemented: code model 'large' with -fPIC";
  expect(reasons(line, cause, exit)[0]).toContain("sorry, unimplemented");
});
