import type { Rule } from "../rule.ts";

/** Lines that look like errors and are none: they are tried first. */
export const noErrors: readonly Rule[] = [
  {
    owner: "passed",
    strength: "nothing",
    pattern: [
      {
        regexp:
          "^\\s*(?:[✓✔√☑]|✅|ok \\d|PASS\\b|PASSED\\b|--- PASS|\\[ {7}OK \\]|\\d+% tests passed, 0 )|\\.{3,} *(?:\\(.*\\))?(?:ok|OK|[Ss]kipped|[Ii]gnored|[Pp]assed)\\b| PASSED(?: +\\[ *\\d+%\\])?$|\\bms OK$|(?::|\\s{2})\\s+(?:OK|PASS|PASSED)(?: \\([\\d.]+ ?m?s\\))?$|\\bPASSED in \\d",
      },
    ],
    example: "   ✓ throws an Error: when the file is not found",
  },
  {
    owner: "no-errors",
    strength: "nothing",
    pattern: [
      {
        regexp:
          "^\\s*[\\w ()-]{1,40}: 0$|(?:^|[^\\d.,])0 (?:errors?|failures?|failed|problems?|vulnerabilities)\\b(?!.*(?:[^\\d.]|^)[1-9]\\d* (?:error|fail|problem))|\\b(?:no|without|zero) (?:errors?|failures?|problems?)\\b|\\b(?:[Ee]rrors?|[Ff]ailures?|[Ff]ailed)\\s*[:=] *0\\b(?!.*(?:[Ee]rrors?|[Ff]ailures?|[Ff]ailed)\\s*[:=] *[1-9])",
      },
    ],
    example: "Build succeeded: 0 Warning(s), 0 errors",
  },
  {
    // A row of a table of coverage, whose file is called so.
    owner: "coverage",
    strength: "nothing",
    needs: "|",
    pattern: [{ regexp: "^\\s*\\S.{0,100}\\|(?: +[\\d.]+ *\\|){2}" }],
    example: " error-codes.ts   |     100 |      100 |     100 |     100 |",
  },
  {
    // Vitest's heading of what a test has printed, whatever the test is called.
    owner: "printed",
    strength: "nothing",
    needs: " | ",
    pattern: [{ regexp: "^(?:stdout|stderr) \\| \\S" }],
    example: "stderr | src/sum.test.ts > sum > throws an error when it is not initialized",
  },
  {
    // What a program keeps in memory, written out.
    owner: "dump",
    strength: "nothing",
    pattern: [{ regexp: "^\\s*status: \\d{3},?$|^\\s*\\w+: (?:Some\\()?[A-Z]\\w+ \\{ ?\\w+: " }],
    example: "  response: Parts { status: 403, version: HTTP/1.1, headers: {} }",
  },
  {
    owner: "command-line",
    strength: "nothing",
    pattern: [
      {
        regexp:
          "^(?!.*error:).*(?:^|\\s)-W(?:no-)?error|^\\+{1,4} (?!b/)|^\\[command\\]|^(?:\\[\\d+/\\d+\\]|\\[ *\\d+%\\]) (?:Building|Linking|Generating|Compiling|Scanning)\\b|^\\s*(?:Compiling|Checking|Downloaded|Downloading|Fetching|Installing|Unpacking|Setting up|Get:\\d+|Hit:\\d+|Collecting|Copying|Resolving) ",
      },
    ],
    example: "cc -Wall -Werror -c error.c -o error.o",
  },
  {
    owner: "harmless",
    strength: "nothing",
    pattern: [
      {
        regexp:
          '^\\s*npm warn|debconf: |policy-rc\\.d|^(?:hint|note|info|debug|trace|INFO|DEBUG|TRACE)\\b:?\\s|\\b(?:INFO|DEBUG|TRACE)\\b[\\]: ]|^\\[(?:INFO|DEBUG|debug|info|notice|NOTICE)\\](?!.*(?:FAILED|FAILURE))|^\\s*(?:#|//|<!--) |^\\s*\\* (?!.*(?:[Ee]rror|ERROR|[Ff]ail|FAIL|[Cc]annot|[Cc]ould not|[Uu]nable|not (?:found|allowed|valid)|went wrong))|^\\S{0,12} ?\\d\\d:\\d\\d:\\d\\d\\S* \\[?(?:info|debug|trace|notice)\\b|^\\s*"?[\\w.-]*(?:error|fail|exception)[\\w.-]*"?\\s*[:=] *(?:true|false|null|none|\\[\\]|\\{\\}|"")|continue-on-error|fail-fast|set -e|\\|\\| (?:true|exit)|^\\s*(?:if|elif|else|then|echo|catch|except|raise|throw|return)\\b',
      },
    ],
    example: "INFO  retrying after error",
  },
];

/** Lines that say only that something failed: an exit code, a summary, advice. */
export const consequences: readonly Rule[] = [
  {
    // Its sentence ends as an exit code's does, so it is tried before that one.
    owner: "nix",
    strength: "failure",
    before: 0,
    after: 12,
    framed: true,
    needs: "builder for '/nix/store/",
    pattern: [
      {
        regexp: "^error: (builder for '/nix/store/.+\\.drv' failed .+)$",
        message: 1,
      },
    ],
    example:
      "error: builder for '/nix/store/0123456789abcdef-demo-1.0.drv' failed with exit code 2;",
  },
  {
    owner: "exit-code",
    strength: "consequence",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp:
          "Process completed with exit code|^(?:Error: )?(?:The process|Command|Script) .{0,300} (?:failed|exited) with (?:exit )?code|\\b(?:exit(?:ed)?|terminated|returned|finished)(?: with)?(?: (?:non-zero|a non-zero|error))?(?: (?:exit|status|return))? ?(?:code|status)\\b|ELIFECYCLE|RUN_FIRST_FAIL|\\b[Cc]ommand failed\\b(?! to)|^Exited \\d+$|Exiting with failure status|non-zero exit|exit status \\d+$|returned a non-zero code|The operation was cancell?ed|^Exit(?:ing| code)\\b",
      },
    ],
    example: "Process completed with exit code 1.",
  },
  {
    // Of self-hosted runners whose jobs run in pods, of Tauri, and of act.
    owner: "step-failed",
    strength: "consequence",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp:
          "^Executing the custom container implementation failed|^\\s*(?:Error )?(?:failed to build app|beforeBuildCommand .+ failed)\\b|^❌ {2}Failure - |^exitcode '\\d+': failure$|^🏁 {2}Job failed$|^Error: Job '.+' failed$",
      },
    ],
    example:
      "Executing the custom container implementation failed. Please contact your self hosted runner administrator.",
  },
  {
    owner: "see-above",
    strength: "consequence",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp:
          "^\\[!\\] .*see the log above|fastlane finished with errors$|\\b(?:[Oo]ne or more|\\d+|some|[Ss]ome|'\\d+') (?:[\\w-]+ ){0,3}(?:errors?|failures?|issues?|problems?)(?:\\(s\\))?\\b.*\\b(?:[Ss]ee|[Cc]heck) (?:the )?(?:above|logs?|output|details)\\b|^Error: The updater encountered one or more errors|Dependabot encountered an error performing|^error: test run failed$|^\\s*× Encountered error while generating package metadata|^(?:ERROR|error): (?:subprocess-exited-with-error|metadata-generation-failed)$",
      },
    ],
    example: "There were one or more errors while checking the title. See above for details.",
  },
  {
    owner: "node-exit",
    strength: "consequence",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "^node:internal/|^\\s*throw (?:err|er|new .*);?|^Node\\.js v\\d+\\.\\d+\\.\\d+$|^\\s*code: '|^\\s*generatedMessage: |^triggerUncaughtException",
      },
    ],
    example: "node:internal/modules/cjs/loader:1228\n  throw err;\n  ^",
  },
  {
    owner: "npm-lifecycle",
    strength: "consequence",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp:
          '^npm (?:ERR!|error) *(?:$|code \\d+|node:internal|at |\\^|throw |Node\\.js v|Lifecycle script|workspace |location |path |command |in workspace|at location|errno |Exit status|A complete log|\\s*/\\S+\\.log|Failed at the |This is probably not|This is most likely|There is likely|not with npm|Tell the author|\\S+@\\S+ \\S+: `)|^error Command failed|^lerna ERR! (?!.*: error)|^\\s*Tasks?: +\\d+ (?:successful|failed)|^ *Failed: +\\S+#\\w+|ERROR\\s+run failed: command|error: script "[^"]*" (?:exited|was terminated)|ERR_PNPM_RECURSIVE_RUN|ERR_PNPM_RECURSIVE_EXEC|WARN\\s+Local package\\.json exists|^NX\\s+(?:Ran|Running) target',
      },
    ],
    example: "npm error Lifecycle script `test` failed with error:",
  },
  {
    owner: "make-target",
    strength: "consequence",
    after: 0,
    pattern: [
      {
        regexp:
          "^(?:g?n?make|mingw32-make)(?:\\[\\d+\\])?: \\*\\*\\* (?!No rule).{0,300}(?:Error \\d+|Stop\\.|Waiting for)|^ninja: build stopped|^make: Target .{0,200} not remade",
      },
    ],
    example: "make[1]: *** [CMakeFiles/Makefile2:83: all] Error 2",
  },
  {
    owner: "build-failed",
    strength: "consequence",
    after: 1,
    pattern: [
      {
        regexp:
          "^(?:error: )?could not compile `|^error: aborting due to|^error: build failed$|^warning: build failed, waiting|^For more information about this error|^Some errors have detailed|^BUILD FAILED|^FAILURE: Build failed|^Build FAILED\\.?$|^\\[ERROR\\] *(?:$|The build could not read|-> \\[Help|To see the full|Re-run Maven|For more information|After correcting|\\[Help \\d|  mvn |Failed to execute goal .*(?:Compilation failure|There are test failures|Exit code|Process terminated|Command execution failed)|There are test failures|Please refer to)|^> (?:Run with|Get more help|Compilation failed; see)|^\\* (?:Try|Get more help|Exception is)|^Execution failed for task|^FAIL$|^FAIL\\t\\S+\\t(?:[\\d.]+s|\\(cached\\))$|^exit status \\d|^error: test failed, to rerun|^error: doctest failed|^\\s*Build (?:failed|errored)\\b|^The following build commands failed:|^Compilation failed|^Failed to compile\\.?$|^ERROR: failed (?:to solve|to build).*(?:did not complete successfully|exit code)|^error: failed to solve|executor failed running|^buildx failed with: ERROR: .*did not complete successfully|^Error: Process completed|^compilation terminated|^collect2: error: ld returned|^error: Recipe `|^task: Failed to run task|^Error: Error: |^subprocess\\.CalledProcessError|^\\s*raise (?:CalledProcessError|SystemExit)|^gyp ERR! (?:build error|stack|System|command|cwd|node|not ok)",
      },
    ],
    example: 'error: could not compile `demo` (bin "demo") due to 1 previous error',
  },
  {
    owner: "summary",
    strength: "consequence",
    after: 0,
    pattern: [
      {
        regexp:
          "^\\s*(?:✖|✘|×|❌)? *\\d+ (?:problems?|errors?|failed|failures?|tests? failed)\\b|^\\s*Found \\d+ errors?|^(?:\\s*Tests?|Test Suites|Test Files|Snapshots|Ran)\\b.*\\d+ (?:failed|failures)|^={3,} .*\\d+ (?:failed|errors?).* ={3,}$|^FAILED \\((?:failures|errors)=|^test result: FAILED|^Tests run: .*(?:Failures|Errors): [1-9]|^\\[ERROR\\] Tests run: \\d+, Failures: \\d+, Errors: \\d+, Skipped: \\d+$|^\\s*\\d+ passed?,? \\(?\\d+ failed|^# fail \\d+|^ℹ fail \\d+|^\\s*\\d+ failing$|^\\s*\\d+ examples?, [1-9]\\d* failures?|^Tests: +\\d+, Assertions|^\\s*Total:? .*Failed: [1-9]|^Failed! +- Failed:",
      },
    ],
    example: "      Tests  1 failed | 12 passed (13)",
  },
  {
    owner: "warning",
    strength: "warning",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "^\\s*((?:[A-Za-z]:)?[^\\s:()]+\\.\\w{1,8})(?::(\\d+)(?::(\\d+))?|\\((\\d+)(?:,(\\d+))?\\)): [Ww]arning(?: (\\w+))?: ?(?!.*(?:\\[SC\\d|error))(.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 6,
        message: 7,
      },
    ],
    example: "Sources/Sum.swift:3:5: warning: Trailing Whitespace Violation (trailing_whitespace)",
  },
  {
    owner: "warning",
    strength: "warning",
    before: 0,
    after: 1,
    needs: "WARNING: ",
    pattern: [
      {
        regexp: "^WARNING: ((?:[\\w.-]+/)*[\\w.-]+\\.\\w{1,8}):(\\d+):(?:(\\d+):)? *:? ?(\\S.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "WARNING: guide/sums.txt:12: : Spell check: totall: adds to the totall.",
  },
  {
    owner: "advice",
    strength: "consequence",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp:
          "^(?:See|Please see|Read more|Learn more|For more|Run `|Try |Use --|hint:|Hint:|Note:|note:|help:|= help:|= note:)|\\b(?:deprecated|DeprecationWarning|UserWarning|FutureWarning|ResourceWarning|ExperimentalWarning|BabelDeprecation)\\b|^\\s*\\(Use `node --trace|^##\\[warning\\]|^(?:\\S+: )?(?:warning|WARNING|Warning|WARN|warn)\\b(?!.*\\berror occurred)|^\\[(?:warn|WARN|WARNING|warning)\\]\\s+(?!.*\\.\\w{1,5}$)",
      },
    ],
    example: "warning: unused variable: `total`",
  },
];
