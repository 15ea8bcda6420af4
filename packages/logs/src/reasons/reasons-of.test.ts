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
    [
      "a package that the system does not have",
      "E: Unable to locate package docker-compose-plugin",
    ],
    ["Docker's cleaning up", "Error response from daemon: conflict: unable to delete 0123abcd"],
    ["a command of a test's", "touch: illegal option -- --bad-option"],
    ["cmd", "The system cannot find the file specified."],
    ["an exception that a test provoked", "Error: Cannot reach the pool"],
    ["an exception with its class", "demo.pool.PoolError: Cannot reach the pool"],
    ["a patch that is there already", "error: src/binder.c: already exists in working directory"],
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

describe("what is told first of two that both say so", () => {
  test("the program that CMake ran, not that CMake ran it", () => {
    const [best] = reasons(
      "devicetree error: 'half-duplex' appears in /spi/trackball@0, but is not declared",
      "CMake Error at cmake/dts.cmake:303 (execute_process):",
      "  execute_process failed command indexes:",
      exit,
    );
    expect(best).toContain("'half-duplex'");
  });

  test("the tests that failed, not the script's word that tests have", () => {
    const [best] = reasons(
      "  Failed BlankLines_AppliesSpacing [125 ms]",
      "  Error Message:",
      "   System.IO.FileNotFoundException : Could not load file or assembly 'Demo.Shell'",
      "Total tests: 9",
      "Write-Error: Tests failed",
      exit,
    );
    expect(best).not.toContain("Tests failed");
    expect(reasons("Write-Error: The package has no version", exit)[0]).toContain("no version");
  });

  test("Biome's error, not the warning before it", () => {
    const [best] = reasons(
      "src/sum.test.ts:37:42 lint/suspicious/noExplicitAny ━━━━━━━━━━",
      "",
      "  ! Unexpected any. Specify a different type.",
      "",
      "src/total.ts format ━━━━━━━━━━",
      "",
      "  × Formatter would have printed the following content:",
      exit,
    );
    expect(best).toBe("src/total.ts: Formatter would have printed the following content: [format]");
  });

  test("what could not be resolved, not that the build has one error", () => {
    const [best] = reasons(
      "#18 0.886 error during build:",
      "#18 0.886 Build failed with 1 error:",
      "#18 0.886 ",
      "#18 0.886 [UNRESOLVED_IMPORT] Error: Could not resolve './useLogs' in src/LogsTab.jsx",
      exit,
    );
    expect(best).toContain("Could not resolve './useLogs'");
  });

  test("the failing step, not that a pod's hook failed", () => {
    const [best] = reasons(
      "src/sum.c:3:5: error: expected ';' before 'return'",
      "##[error]Process completed with exit code 2.",
      "##[error]Executing the custom container implementation failed. Please contact your self hosted runner administrator.",
    );
    expect(best).toContain("expected ';'");
  });
});

test("what buildkit writes before a line is no part of its file, nor of the lines that a reason goes on to", () => {
  const { reasons: found } = reasonsOf([
    { text: "#11 359.2 /opt/src/eval-parser.c:480:19: error: inlining failed" },
  ]);
  expect(found[0]).toMatchObject({ path: "/opt/src/eval-parser.c", line: 480, column: 19 });
  expect(found[0]?.text).toBe("/opt/src/eval-parser.c:480:19: error: inlining failed");
  const [gradle] = reasons(
    "#9 12.5 * What went wrong:",
    "#9 12.5 Execution failed for task ':app:sum'.",
    "#9 12.5 > No such file",
  );
  expect(gradle).toBe("* What went wrong: Execution failed for task ':app:sum'. > No such file");
});

test("a row of a table of coverage is no error, whatever its file is called", () => {
  expect(
    reasons(" error-codes.ts   |     100 |      100 |     100 |     100 |", "tests are over", exit),
  ).toEqual(["Process completed with exit code 2."]);
});

test("where only a word says why, the step's last lines are shown", () => {
  const { lines } = reasonsOf([
    ...quiet(40).map((text) => ({ text })),
    { text: "INFO: the size is 3174" },
    { text: "Your change has 3174 lines, which is more than the maximum" },
    { text: "that is allowed here. Make sure to split it up" },
    { text: "into smaller ones that can be reviewed." },
    { text: "If you think that this should not apply to you," },
    { text: "say so." },
    { text: "Process completed with exit code 1.", level: "error" as const },
  ]);
  expect(lines.map(({ text }) => text).join("\n")).toContain("lines, which is more than");
});

test.each([
  "web:test: ",
  "[CI/build]   | ",
  "#12 3.456 ",
  "packages/web build: ",
  "[WebServer] ",
  "db-1  | ",
  "@demo/web: ",
])("what stands before a file is no part of its path: %j", (prefix) => {
  const texts = [
    "src/sum.ts(3,9): error TS2322: Type 'string' is not assignable to type 'number'.",
    "src/sum.c:3:5: error: expected ';' before 'return'",
    "src/sum.py:3: error: Incompatible return value type [return-value]",
  ];
  for (const text of texts) {
    const [reason] = reasonsOf([{ text: `${prefix}${text}` }]).reasons;
    expect(reason).toMatchObject({ text, line: 3 });
    expect(reason?.path).toBe(/^[\w/.]+/.exec(text)?.[0].replace(/:$/, ""));
  }
});

describe("Gradle's summary of what a program said before it", () => {
  const early = "TypeError: configs.toReversed is not a function";
  const summary = [
    "* What went wrong:",
    "Execution failed for task ':app:createBundle'.",
    "> Process 'command 'node'' finished with non-zero exit value 1",
  ];

  test("does not go before it", () => {
    const task = "> Task :app:createBundle FAILED";
    expect(reasons(early, ...quiet(12), task, ...quiet(40), ...summary, exit)[0]).toBe(early);
  });

  test("says why where nothing else does, or what a program said was survived", () => {
    expect(reasons(...quiet(12), ...summary, exit)[0]).toContain("':app:createBundle'");
    const [best] = reasons(
      early,
      ...quiet(40),
      "* What went wrong:",
      "Execution failed for task ':app:sum'.",
      "> Could not resolve com.example:sum:1.0.",
      exit,
    );
    expect(best).toContain("Could not resolve com.example:sum:1.0.");
  });
});

test("a line of a longer message is a reason only if it says so itself", () => {
  const { reasons: found } = reasonsOf([
    { text: "ssh-compute failed with a warning", level: "error" as const },
    { text: "please see https://example.com/docs", level: "error", continuation: true },
    {
      text: "ERROR: Error while connecting: 'not authorized'.",
      level: "error",
      continuation: true,
    },
    { text: "  see the line above", level: "error", continuation: true },
  ]);
  const texts = found.map(({ text }) => text);
  expect(texts).toContain("ERROR: Error while connecting: 'not authorized'.");
  expect(texts.join(" ")).not.toContain("please see");
  expect(texts.join(" ")).not.toContain("see the line above");
});

test("PowerShell's message, not the place of the command", () => {
  const { reasons: found } = reasonsOf(
    [
      "Compress-Archive: D:\\a\\_temp\\1.ps1:3",
      "Line |",
      "   3 |  Compress-Archive -Path dist\\* -DestinationPath $NAME",
      "     |  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
      "     | The path 'dist\\*' either does not exist or is not a valid file system path.",
    ].map((text) => ({ text })),
  );
  expect(found[0]).toMatchObject({
    rule: "powershell",
    path: "D:\\a\\_temp\\1.ps1",
    line: 3,
    text: "D:\\a\\_temp\\1.ps1:3: The path 'dist\\*' either does not exist or is not a valid file system path.",
  });
});

test("what an action of Bazel's wrote, not that it failed", () => {
  const [best] = reasons(
    "ERROR: /workspace/BUILD.bazel:17:11: Run clang-tidy on sum.h failed: (Exit 1): clang_tidy failed",
    "src/sum.h:16:1: error: nested namespaces can be concatenated [modernize-concat-nested-namespaces]",
    "ERROR: Build did NOT complete successfully",
    exit,
  );
  expect(best).toContain("nested namespaces can be concatenated");
});

test("what was wrong with a task of Gradle's, without the class that it was run by", () => {
  const [best] = reasons(
    "* What went wrong:",
    "Execution failed for task ':app:checkAarMetadata'.",
    "> A failure occurred while executing com.android.build.CheckAarMetadataWorkAction",
    "   > 5 issues were found when checking AAR metadata:",
    exit,
  );
  expect(best).toBe(
    "* What went wrong: Execution failed for task ':app:checkAarMetadata'. > 5 issues were found when checking AAR metadata:",
  );
});

test("what a program says, and the runner then marks, is as sure as what is marked", () => {
  const { reasons: found } = reasonsOf([
    { text: "The table is missing" },
    { text: "The table is missing", level: "error" as const },
  ]);
  expect(found[0]).toMatchObject({ confidence: "high", count: 2 });
});

test("the error itself, not the one that it names as its cause further down", () => {
  const [best] = reasons(
    "Error: Cannot find module @rollup/rollup-linux-x64-gnu. npm has a bug related to optional dependencies",
    ...quiet(11),
    "  [cause]: Error: Cannot find module '@rollup/rollup-linux-x64-gnu'",
    exit,
  );
  expect(best).toContain("npm has a bug");
});

test("what the build script lacks, not that Tauri could not build", () => {
  const [best] = reasons(
    "  `icons/icon.ico` not found; required for generating a Windows Resource file during tauri-build",
    "warning: build failed, waiting for other jobs to finish...",
    "failed to build app: failed to build app",
    "       Error failed to build app: failed to build app",
    exit,
  );
  expect(best).toContain("icons/icon.ico");
});

test("where a warning of rustc's stands is no reason", () => {
  const texts = reasons(
    "warning: unused variable: `total`",
    "  --> src/main.rs:2:9",
    "llvm-rc: Error in ICON statement (ID 1):",
    exit,
  );
  expect(texts[0]).toBe("llvm-rc: Error in ICON statement (ID 1):");
  expect(texts.join(" ")).not.toContain("src/main.rs");
});

test("Gradle's reason is read over what it writes between its lines", () => {
  const [best] = reasons(
    "* What went wrong:",
    "Execution failed for task ':app:packageRelease'.",
    "42 actionable tasks: 42 executed",
    "> A failure occurred while executing com.android.build.PackageAndroidArtifact",
    "   > KeytoolException: Failed to read key from store: not enough content",
    exit,
  );
  expect(best).toContain("> KeytoolException: Failed to read key from store");
});

describe("an exception", () => {
  const exception = "demo.errors.TransactionError: current transaction is aborted";

  test("does not give way to what a test prints later in the form of an error", () => {
    const printed = "[Scheduler] Odds fetch error: odds down";
    expect(reasons(exception, ...quiet(20), printed, exit)[0]).toBe(exception);
  });

  test("gives way to a tool's failure", () => {
    const cause = "src/sum.c:3:5: error: expected ';' before 'return'";
    expect(reasons(exception, ...quiet(20), cause, exit)[0]).toContain("expected ';'");
  });
});

test("an install's count of vulnerabilities gives way to anything, and is an audit's reason", () => {
  const count = "18 vulnerabilities (1 low, 3 moderate, 14 high)";
  const cause = '/usr/bin/sh: 1: Syntax error: end of file unexpected (expecting "done")';
  expect(reasons(count, ...quiet(20), cause, exit)[0]).toBe(cause);
  expect(reasons(count, exit)[0]).toBe(count);
});
