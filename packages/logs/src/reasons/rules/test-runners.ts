import type { Rule } from "../rule.ts";

/** Test runners. */
export const testRunners: readonly Rule[] = [
  {
    // Where tests fail too, they say why; coverage is measured on what ran.
    owner: "pytest",
    strength: "failure",
    before: 0,
    after: 3,
    needs: "overage",
    pattern: [{ regexp: "^(?:ERROR|FAIL):? ?(?:Required test coverage|Coverage failure).*$" }],
    example: "FAIL Required test coverage of 80% not reached. Total coverage: 69.06%",
  },
  {
    owner: "no-tests",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "exiting with code 1",
    pattern: [
      { regexp: "^(No test(?:s|s? files?|s? suites?) found), exiting with code 1", message: 1 },
    ],
    example: "No tests found, exiting with code 1",
  },
  {
    owner: "vitest",
    strength: "failure",
    before: 0,
    after: 6,
    pattern: [{ regexp: "^\\s*(?:FAIL|❯ FAIL)\\s+(\\S.*)$", message: 1 }],
    example:
      " FAIL  src/sum.test.ts > sum > adds\nAssertionError: expected 3 to be 4 // Object.is equality",
  },
  {
    owner: "assertion",
    strength: "cause",
    after: 10,
    pattern: [
      {
        regexp:
          "^\\s*(?:\\d+\\) )?(?:[\\w.$]+\\.)?Assert(?:ion)?(?:Failed)?(?:Error|Exception)\\b(?: \\[[\\w]+\\])?:? ?(.*)$",
        message: 1,
      },
    ],
    example: "AssertionError: expected 3 to be 4 // Object.is equality",
  },
  {
    owner: "jest",
    strength: "failure",
    before: 0,
    after: 10,
    needs: "●",
    pattern: [{ regexp: "^\\s*● (?!.*\\bConsole$| *\\(SSG\\))(.+)$", message: 1 }],
    example: "  ● sum › adds\n\n    expect(received).toBe(expected) // Object.is equality",
  },
  {
    owner: "expect",
    strength: "cause",
    after: 8,
    needs: "expect(",
    pattern: [
      {
        regexp: "^\\s*(?:Error: )?(expect\\(.{0,300}\\)(?:\\.\\w+)*\\.?(?:to\\w+)\\(.*)$",
        message: 1,
      },
    ],
    example: "Error: expect(locator).toHaveText(expected) failed",
  },
  {
    owner: "playwright",
    strength: "failure",
    before: 0,
    after: 8,
    pattern: [{ regexp: "^\\s*(?:\\d+\\) )(\\[[\\w -]+\\] › .+?)(?: ─+)?$", message: 1 }],
    needs: "›",
    example: "  1) [chromium] › tests/login.spec.ts:5:1 › logs in ────────",
  },
  {
    owner: "node-test",
    strength: "failure",
    before: 1,
    after: 10,
    pattern: [
      {
        regexp:
          "^\\s*(?:✖|not ok \\d+(?: -)?) (?!failing tests:)(?!.*\\.{3}$)(\\S.*?)(?: \\([\\d.]+ ?ms\\))?$",
        message: 1,
      },
    ],
    example: "not ok 1 - adds",
  },
  {
    owner: "pytest",
    strength: "cause",
    before: 3,
    after: 2,
    needs: "E  ",
    pattern: [{ regexp: "^E\\s{2,}(\\S.*)$", message: 1 }],
    example: "    def test_adds():\n>       assert add(1, 2) == 4\nE       assert 3 == 4",
  },
  {
    owner: "pytest",
    strength: "failure",
    before: 0,
    after: 1,
    pattern: [
      { regexp: "^(?:FAILED|ERROR) (\\S+\\.py(?:::\\S+)*)(?: - (.*))?$", file: 1, message: 2 },
    ],
    example: "FAILED tests/test_sum.py::test_adds - assert 3 == 4",
  },
  {
    owner: "pytest",
    strength: "failure",
    before: 0,
    after: 8,
    needs: "___ ",
    pattern: [
      {
        regexp: "^_{3,} (ERROR (?:collecting|at) .+?|(?:[\\w.]+\\.)?test_\\w+(?:\\[.*\\])?) _{3,}$",
        message: 1,
      },
    ],
    example: "_____________ ERROR collecting tests/test_a.py _____________",
  },
  {
    owner: "pytest",
    strength: "cause",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "^(?:ERROR|E|FAIL):? (?:not found:|usage:|file or directory not found)(.*)$|^INTERNALERROR> \\S*(?:Error|Exception)",
      },
    ],
    example: "ERROR: file or directory not found: tests/unit",
  },
  {
    owner: "pytest",
    strength: "failure",
    before: 1,
    after: 2,
    needs: "!!! ",
    pattern: [{ regexp: "^!{3,} ((?!Interrupted|stopping).+?) !{3,}$", message: 1 }],
    example: "!!!!!!!!!!!!!!!!!!! KeyboardInterrupt !!!!!!!!!!!!!!!!!!!",
  },
  {
    owner: "unittest",
    strength: "failure",
    before: 0,
    after: 8,
    pattern: [{ regexp: "^(?:FAIL|ERROR): (\\w+ \\(.+\\).*)$", message: 1 }],
    example: "FAIL: test_adds (test_sum.SumTest.test_adds)",
  },
  {
    owner: "go-test",
    strength: "failure",
    before: 3,
    after: 5,
    needs: "--- FAIL",
    pattern: [{ regexp: "^\\s*--- FAIL: (\\S+)", message: 1 }],
    example: "--- FAIL: TestAdds (0.00s)\n    sum_test.go:7: got 3, want 4",
  },
  {
    owner: "go-test",
    strength: "error",
    before: 1,
    after: 3,
    needs: "_test.go:",
    pattern: [{ regexp: "^\\s+([\\w.-]+_test\\.go):(\\d+): ?(.*)$", file: 1, line: 2, message: 3 }],
    example: "    sum_test.go:7: got 3, want 4",
  },
  {
    owner: "go-test",
    strength: "cause",
    before: 2,
    after: 4,
    pattern: [{ regexp: "^FAIL\\s+(\\S+) \\[(?:build|setup) failed\\]|^panic: (.+)", message: 2 }],
    example: "panic: runtime error: index out of range [3] with length 3",
  },
  {
    owner: "cargo-test",
    strength: "cause",
    before: 1,
    after: 5,
    needs: "panicked at",
    pattern: [{ regexp: "^\\s*thread '(?:[^']*)'(?: \\(\\d+\\))? panicked at (.+)$", message: 1 }],
    example:
      "thread 'tests::adds' (12) panicked at src/lib.rs:9:9:\nassertion `left == right` failed\n  left: 3\n right: 4",
  },
  {
    owner: "cargo-test",
    strength: "failure",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "^test (\\S.*) \\.\\.\\. FAILED$|^\\s+(?:FAIL|SIGABRT|TIMEOUT) \\[ *[\\d.]+s\\] (.+)$",
        message: 1,
      },
    ],
    example: "test tests::adds ... FAILED",
  },
  {
    owner: "junit",
    strength: "failure",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "^(?:\\[ERROR\\] +)?(\\S.{0,200}?)\\s+(?:Time elapsed: .{1,20})?<<< (?:FAILURE|ERROR)!|^\\[ERROR\\] {2,}(\\S*(?:Test|IT|Spec)\\S*[.:].+)$",
        message: 1,
      },
    ],
    needs: "ER",
    example:
      "[ERROR] SumTest.adds -- Time elapsed: 0.02 s <<< FAILURE!\norg.opentest4j.AssertionFailedError: expected: <4> but was: <3>",
  },
  {
    owner: "junit",
    strength: "failure",
    before: 0,
    after: 6,
    needs: "FAIL",
    pattern: [
      {
        regexp: "^(\\S.{0,200}<<< (?:FAILURE|ERROR)!)",
        message: 1,
      },
    ],
    example: "SumTest.adds:12 <<< FAILURE!",
  },
  {
    // By Gradle. What went wrong with the task is then only that it has failing tests.
    owner: "junit",
    strength: "cause",
    before: 0,
    after: 6,
    needs: " FAILED",
    pattern: [{ regexp: "^(\\S.{0,120} > .{1,200}) FAILED$", message: 1 }],
    example: "SumTest > adds() FAILED\n    org.opentest4j.AssertionFailedError at SumTest.java:9",
  },
  {
    owner: "dotnet-test",
    strength: "failure",
    before: 0,
    after: 8,
    pattern: [
      {
        regexp:
          "^\\s*(?:Failed|\\[xUnit\\.net [\\d:.]+\\]) +(\\S.*?) \\[(?:< )?(?:[\\d.]+ m?s|FAIL|\\d.*)\\]$|^\\s*(?:Error Message:|Assert\\.\\w+\\(\\) Failure.*)$",
        message: 1,
      },
    ],
    example: "  Failed Demo.SumTest.Adds [12 ms]\n  Error Message:\n   Assert.Equal() Failure",
  },
  {
    owner: "gtest",
    strength: "failure",
    before: 5,
    after: 1,
    needs: "[  FAILED  ]",
    pattern: [{ regexp: "^\\[ {2}FAILED {2}\\] (.+)$", message: 1 }],
    example: "[  FAILED  ] Sum.Adds (0 ms)",
  },
  {
    owner: "gtest",
    strength: "cause",
    after: 6,
    pattern: [
      {
        regexp: '^(\\S+\\.\\w+)[:(](\\d+)\\)?: (?:Failure|FAILED:|error: in ".*")',
        file: 1,
        line: 2,
      },
    ],
    example: "sum_test.cc:7: Failure\nExpected equality of these values:",
  },
  {
    owner: "ctest",
    strength: "failure",
    before: 0,
    after: 1,
    needs: "***",
    pattern: [
      {
        regexp:
          "\\*\\*\\*(?:Failed|Exception|Timeout|Not Run)|^\\s+\\d+ - (\\S+) \\((?:Failed|Timeout|SEGFAULT|Not Run).*\\)$",
      },
    ],
    example: "1/2 Test #1: adds .............................***Failed    0.00 sec",
  },
  {
    owner: "rspec",
    strength: "failure",
    before: 0,
    after: 8,
    pattern: [{ regexp: "^rspec (\\S+?):(\\d+) # (.+)$", file: 1, line: 2, message: 3 }],
    needs: "rspec ",
    example: "rspec ./spec/sum_spec.rb:4 # Sum adds",
  },
  {
    owner: "rspec",
    strength: "cause",
    before: 1,
    after: 6,
    needs: "Failure/Error",
    pattern: [{ regexp: "^\\s*Failure/Error: (.*)$", message: 1 }],
    example: "     Failure/Error: expect(sum(1, 2)).to eq(4)",
  },
  {
    owner: "minitest",
    strength: "failure",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "^\\s*(?:\\d+\\) )?(?:Failure|Error):$|^(?:Failure|Error): (test\\w*\\(.+)$|^\\s*\\S+ (?:FAIL|ERROR) \\([\\d.]+s\\)",
      },
    ],
    example: "  1) Failure:\nSumTest#test_adds [test/sum_test.rb:6]:",
  },
  {
    owner: "phpunit",
    strength: "failure",
    before: 0,
    after: 5,
    needs: "::",
    pattern: [{ regexp: "^\\d+\\) ([\\w\\\\]+::\\S+.*)$|^\\s*(?:⨯|FAILED) +(\\S.*)$", message: 1 }],
    example: "1) App\\Tests\\SumTest::testAdds\nFailed asserting that 3 matches expected 4.",
  },
  {
    owner: "flutter-test",
    strength: "failure",
    before: 1,
    after: 6,
    needs: "[E]",
    pattern: [{ regexp: "^\\d\\d:\\d\\d \\+\\d+(?: ~\\d+)? -\\d+: (.+) \\[E\\]$", message: 1 }],
    example: "00:03 +4 -1: test/sum_test.dart: adds [E]\n  Expected: <4>\n    Actual: <3>",
  },
  {
    owner: "flutter-test",
    strength: "cause",
    before: 0,
    after: 10,
    needs: "╡",
    pattern: [{ regexp: "^══+╡ (EXCEPTION CAUGHT BY .+) ╞", message: 1 }],
    example: "══╡ EXCEPTION CAUGHT BY FLUTTER TEST FRAMEWORK ╞══════",
  },
  {
    owner: "expected-actual",
    strength: "failure",
    before: 2,
    after: 3,
    pattern: [
      {
        regexp:
          "^\\s*(?:[-+] )?(?:Expected|expected|EXPECTED|want|left)(?: value| string| pattern| substring)?(?: to (?:be|equal|match|contain))?\\s*[:=] .+",
      },
    ],
    example: "    Expected: 4\n    Received: 3",
  },
  {
    owner: "xctest",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp: "^(\\S+\\.swift):(\\d+): error: (-\\[.+\\] : .+|.+)$|^Test Case '(.+)' failed \\(",
        file: 1,
        line: 2,
        message: 3,
      },
    ],
    example:
      '/a/SumTests.swift:7: error: -[SumTests testAdds] : XCTAssertEqual failed: ("3") is not equal to ("4")',
  },
  {
    owner: "common-test",
    strength: "cause",
    before: 1,
    after: 3,
    needs: " failed",
    pattern: [{ regexp: "^(\\w+(?:_SUITE)?:\\w+ failed(?: on line \\d+)?)$", message: 1 }],
    example: "sum_SUITE:adds failed on line 35\nReason: timetrap_timeout",
  },
  {
    owner: "exunit",
    strength: "failure",
    before: 0,
    after: 10,
    pattern: [{ regexp: "^\\s+\\d+\\) (test .+ \\(\\w.*\\))$", message: 1 }],
    needs: ") test ",
    example: "  1) test adds (SumTest)\n     test/sum_test.exs:4",
  },
  {
    owner: "coverage",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "[Cc]overage .{0,100}(?:does not meet|not met|below|lower than|less than|not reached)|[Cc]overage threshold|Required test coverage of",
      },
    ],
    needs: "overage",
    example: "ERROR: Coverage for lines (45%) does not meet global threshold (80%)",
  },
  {
    owner: "scalatest",
    strength: "failure",
    before: 0,
    after: 3,
    needs: "*** FAILED ***",
    pattern: [{ regexp: "^(?:\\[info\\] )?(.+) \\*\\*\\* FAILED \\*\\*\\*", message: 1 }],
    example: "[info] - adds *** FAILED ***\n[info]   3 did not equal 4 (SumSpec.scala:9)",
  },
  {
    owner: "pester",
    strength: "failure",
    before: 0,
    after: 4,
    needs: "[-] ",
    pattern: [
      {
        regexp:
          "^\\s*\\[-\\] (\\S.* \\d+(?:\\.\\d+)?m?s(?: \\([^)]*\\))?|(?:Context|Describe|Discovery) .*failed.*)$",
        message: 1,
      },
    ],
    example: "    [-] adds 12ms (10ms|2ms)\n      Expected 4, but got 3.",
  },
  {
    owner: "failures",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 8,
    pattern: [
      {
        regexp:
          "^\\s*(?:[-=*#]{2,} *)?(?:Failures|FAILURES|Failed [Tt]ests|Failing [Tt]ests|failing tests|failures|Failed [Ss]cenarios|Failed checks|Summary of [Ff]ailures|The following (?:tests|files|checks) (?:failed|FAILED)|Failed examples)(?: in .{1,200})?:?(?: *[-=*#]{2,})?$",
      },
    ],
    example: "Failures:\n\n  1) Sum adds\n       expected: 4\n        but got: 3",
  },
  {
    owner: "mocha",
    strength: "failure",
    before: 0,
    after: 6,
    pattern: [{ regexp: "^\\s{2,6}\\d+\\) (?!Skipped:)(\\S.*)$", message: 1 }],
    needs: ") ",
    example: "  1) sum\n       adds:\n\n      AssertionError [ERR_ASSERTION]: 3 == 4",
  },
];
