import type { Rule } from "../rule.ts";

/** Compilers, linkers and build tools. */
export const compilers: readonly Rule[] = [
  {
    owner: "tsc",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "TS",
    pattern: [
      {
        regexp: "^(\\S.*?)(?:\\((\\d+),(\\d+)\\)|:(\\d+):(\\d+))(?::| -) error (TS\\d+): (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 6,
        message: 7,
      },
    ],
    example:
      "src/sum.ts(3,9): error TS2322: Type 'string' is not assignable to type 'number'.\n  The expected type comes from property 'total'",
  },
  {
    owner: "tsc",
    strength: "cause",
    before: 2,
    after: 3,
    needs: "TS",
    pattern: [{ regexp: "(?:^|\\s)error\\s+(?:in .{1,200})?(TS\\d+): (.*)$", code: 1, message: 2 }],
    example: "error TS18003: No inputs were found in config file 'tsconfig.json'.",
  },
  {
    owner: "rustc",
    strength: "cause",
    before: 0,
    after: 9,
    framed: true,
    needs: "error[",
    pattern: [{ regexp: "^error\\[([\\w:-]+)\\]: (.+)$", code: 1, message: 2 }],
    example:
      'error[E0308]: mismatched types\n --> src/main.rs:2:18\n  |\n2 |     let x: i32 = "a";\n  |            ---   ^^^ expected `i32`, found `&str`',
  },
  {
    owner: "ld",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "undefined reference to|undefined symbol|Undefined symbols for|multiple definition of|^(?:\\S*/)?(?:ld|ld\\.lld|lld|mold|link): (?:error|cannot|fatal|library not|symbol)|: cannot find -l|LNK\\d{4}",
      },
    ],
    example: "main.c:(.text+0xe): undefined reference to `sum'",
  },
  {
    owner: "msvc",
    strength: "cause",
    before: 0,
    after: 3,
    framed: true,
    pattern: [
      {
        regexp:
          "^\\s*(?:\\d+>)?(\\S.{0,300}?)(?:\\((\\d+)(?:,(\\d+))?(?:,\\d+,\\d+)?\\))? ?: (?:fatal )?error ([A-Z]{1,8}\\d+) ?: (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      },
    ],
    example:
      "Program.cs(4,13): error CS0103: The name 'x' does not exist in the current context [/src/Demo.csproj]",
  },
  {
    // What the program that CMake ran has said stands before it.
    owner: "cmake",
    strength: "failure",
    yields: "always",
    before: 2,
    after: 3,
    needs: "(execute_process)",
    pattern: [
      { regexp: "^\\s*CMake Error at (.+?):(\\d+) \\(execute_process\\):", file: 1, line: 2 },
    ],
    example:
      "devicetree error: 'half-duplex' is not declared\nCMake Error at cmake/dts.cmake:303 (execute_process):\n  execute_process failed command indexes:",
  },
  {
    owner: "cmake",
    strength: "cause",
    before: 0,
    after: 6,
    needs: "CMake Error",
    pattern: [
      {
        regexp: "^\\s*CMake Error(?: at (.+?):(\\d+)(?: \\((.+)\\))?)?:?(.*)$",
        file: 1,
        line: 2,
        message: 4,
      },
    ],
    example:
      'CMake Error at CMakeLists.txt:3 (find_package):\n  Could not find a package configuration file provided by "Foo"',
  },
  {
    owner: "ninja",
    strength: "failure",
    before: 0,
    after: 4,
    needs: "FAILED: ",
    pattern: [{ regexp: "^FAILED: (?:\\[code=\\d+\\] )?(\\S.*)$", message: 1 }],
    example: "FAILED: CMakeFiles/demo.dir/sum.c.o",
  },
  {
    owner: "autoconf",
    strength: "cause",
    before: 1,
    after: 3,
    needs: "configure: error: ",
    pattern: [{ regexp: "^configure: error: (.+)$", message: 1 }],
    example:
      "checking for libxml-2.0 >= 2.9.0... no\nconfigure: error: Package requirements (libxml-2.0 >= 2.9.0) were not met:",
  },
  {
    owner: "make",
    strength: "cause",
    after: 0,
    pattern: [
      {
        regexp:
          "^(?:g?n?make|mingw32-make)(?:\\[\\d+\\])?: \\*\\*\\* (No rule to make target .*)$|^(\\S*[Mm]akefile\\S*):(\\d+): \\*\\*\\* (.*)$",
        message: 1,
      },
    ],
    example: "make: *** No rule to make target 'sum.h', needed by 'main.o'.  Stop.",
  },
  {
    owner: "javac",
    strength: "cause",
    before: 0,
    after: 6,
    framed: true,
    pattern: [
      {
        regexp:
          "^(?:\\[ERROR\\] )?(\\S+\\.(?:java|kt|kts|scala|groovy)):(?:\\[?(\\d+)(?:[,:](\\d+))?\\]?:?)? (?:error: )?(?!warning)(.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    needs: ".",
    example: "src/Sum.java:3: error: ';' expected\n    return a + b\n                ^",
  },
  {
    owner: "kotlin",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "e: ",
    pattern: [
      {
        regexp: "^e: (?:file://)?(.+?\\.kts?):\\(?(\\d+)[:,] ?(\\d+)\\)?:? (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "e: file:///src/Sum.kt:3:5 Unresolved reference 'sum'.",
  },
  {
    owner: "kotlin",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "e: ",
    pattern: [{ regexp: "^e: (.+)$", message: 1 }],
    example: "e: Daemon compilation failed: null",
  },
  {
    owner: "gradle",
    strength: "cause",
    before: 0,
    after: 9,
    needs: "* What went wrong",
    sumsUp:
      "task '[^']+'\\.?(?: \\([^)]*\\)\\.?)?$|finished with non-zero exit value|> Compilation (?:error|failed)|> There were failing tests",
    pattern: [{ regexp: "^\\* (What went wrong):", message: 1 }],
    example:
      "* What went wrong:\nExecution failed for task ':app:compileKotlin'.\n> Could not resolve all files for configuration ':app:compileClasspath'.",
  },
  {
    owner: "gradle",
    strength: "failure",
    before: 0,
    after: 2,
    needs: "FAILED",
    sumsUp: "",
    pattern: [{ regexp: "^> Task (:\\S+) FAILED$|^:(\\S+) FAILED$", message: 1 }],
    example: "> Task :app:compileJava FAILED",
  },
  {
    owner: "gradle",
    strength: "cause",
    before: 1,
    after: 3,
    needs: "> ",
    pattern: [
      {
        regexp:
          "^\\s*> ((?:Could not|Cannot|No matching|Failed to|There were failing|A failure occurred|A problem occurred|Configuration with name).*)$",
        message: 1,
      },
    ],
    example: "   > Could not find com.example:demo:1.0.",
  },
  {
    owner: "maven",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 3,
    needs: "COMPILATION ERROR",
    pattern: [{ regexp: "^\\[ERROR\\] COMPILATION ERROR" }],
    example: "[ERROR] COMPILATION ERROR :",
  },
  {
    owner: "maven",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "[FATAL]",
    pattern: [{ regexp: "^\\[FATAL\\] (.+)$", message: 1 }],
    example: "[FATAL] Non-resolvable parent POM for demo:demo:1.0",
  },
  {
    owner: "maven",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "[ERROR]",
    pattern: [
      {
        regexp:
          "^\\[ERROR\\] (?:Failed to execute goal .{1,300}?: |Malformed POM|Unresolveable|Non-resolvable|Unknown lifecycle|Could not (?:find|resolve|transfer)|Plugin .+ or one of|.*'dependencies\\.)(.*)$",
        message: 1,
      },
    ],
    example: "[ERROR] Could not resolve dependencies for project demo:demo:jar:1.0",
  },
  {
    owner: "maven",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "Failed to execute goal",
    pattern: [
      {
        regexp:
          "^\\[ERROR\\] Failed to execute goal (?!.*(?:Compilation failure|There are test failures|Exit code|Process terminated)).*?: (.*)$",
        message: 1,
      },
    ],
    example:
      "[ERROR] Failed to execute goal on project demo: Could not resolve dependencies for project demo:demo:jar:1.0: foo:bar:jar:9 was not found -> [Help 1]",
  },
  {
    owner: "maven",
    strength: "failure",
    before: 0,
    after: 2,
    needs: "[ERROR]",
    pattern: [{ regexp: "^\\[ERROR\\] +(\\S.*)$", message: 1 }],
    example: "[ERROR] The project demo:demo:1.0 (/src/pom.xml) has 1 error",
  },
  {
    owner: "sbt",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "[error]",
    pattern: [
      {
        regexp: "^\\[error\\] (?!\\s*at |\\(|Total time|stack trace|.*Compilation failed)(.+)$",
        message: 1,
      },
    ],
    example: "[error] /src/Sum.scala:3:12: type mismatch;",
  },
  {
    owner: "go",
    strength: "cause",
    before: 1,
    after: 1,
    needs: ".go:",
    pattern: [
      {
        regexp: "^(?:vet: |go: )?(\\S*\\.go):(\\d+):(\\d+): (?!\\[debug\\])(.+)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "# example.com/demo\n./sum.go:4:9: undefined: total",
  },
  {
    owner: "go",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "go: ",
    pattern: [
      {
        regexp:
          "^go: (?!downloading |finding |extracting |added |upgraded |found |creating |no module dependencies|go\\d)(.+)$",
        message: 1,
      },
    ],
    example: "go: example.com/missing@v1.0.0: invalid version: unknown revision v1.0.0",
  },
  {
    owner: "go",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "^(?:\\S+\\.go:\\d+:\\d+: )?(?:no required module provides package|cannot find (?:module|package)|package \\S+ is not in (?:std|GOROOT)|missing go\\.sum entry|found packages .+ and |verifying \\S+: checksum mismatch).*$",
      },
    ],
    example: "missing go.sum entry for module providing package example.com/missing",
  },
  {
    owner: "swift",
    strength: "cause",
    before: 0,
    after: 6,
    framed: true,
    pattern: [
      {
        regexp: "^(?:❌\\s+)?(\\S+\\.(?:swift|m|mm|h)):(\\d+):(\\d+): (?:fatal )?error: (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "/src/Sum.swift:3:12: error: cannot find 'total' in scope",
  },
  {
    owner: "fastlane",
    strength: "cause",
    before: 0,
    after: 6,
    needs: "mismatch between your provided",
    pattern: [
      { regexp: "^(There seems to be a mismatch between your provided `\\w+` .*)$", message: 1 },
    ],
    example:
      "There seems to be a mismatch between your provided `export_method` in gym\nand the selected provisioning profiles. You passed the following options:",
  },
  {
    owner: "xcode",
    strength: "cause",
    before: 0,
    after: 3,
    pattern: [
      {
        regexp: "^(?:xcodebuild: error: )(.*)$|^❌ +(?:\\S.*:\\d+:\\d+: |error: |fatal error: ).*$",
        message: 1,
      },
    ],
    example:
      "xcodebuild: error: Unable to find a destination matching the provided destination specifier",
  },
  {
    owner: "dart",
    strength: "cause",
    before: 0,
    after: 3,
    needs: ".dart",
    pattern: [
      {
        regexp: "^\\s*(\\S+\\.dart):(\\d+):(\\d+): (?:Error: )?(.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "lib/sum.dart:3:10: Error: Undefined name 'total'.",
  },
  {
    owner: "dart",
    strength: "cause",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp:
          "^\\s*(error|warning|info)(?: •| -) (.+?)(?: •| -) (\\S+\\.dart):(\\d+):(\\d+)(?: •| -) (\\S+)$",
        severity: 1,
        message: 2,
        file: 3,
        line: 4,
        column: 5,
        code: 6,
      },
    ],
    needs: ".dart",
    example: "  error • Undefined name 'total' • lib/sum.dart:3:10 • undefined_identifier",
  },
  {
    owner: "elixir",
    strength: "cause",
    before: 0,
    after: 6,
    needs: "** (",
    pattern: [{ regexp: "^\\s*\\*\\* \\((\\S+)\\) (.*)$", code: 1, message: 2 }],
    example: "** (CompileError) lib/sum.ex:3: undefined function total/0",
  },
  {
    owner: "haskell",
    strength: "cause",
    before: 0,
    after: 6,
    framed: true,
    needs: ".hs:",
    pattern: [
      {
        regexp: "^(\\S+\\.hs):(\\d+):(\\d+): error:?(.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "src/Sum.hs:3:9: error: [GHC-88464]",
  },
  {
    owner: "ocaml",
    strength: "cause",
    before: 3,
    after: 4,
    pattern: [{ regexp: "^Error: ((?:This|Unbound|Syntax|The |Some).*)$", message: 1 }],
    example: 'File "sum.ml", line 3, characters 4-9:\nError: Unbound value total',
  },
  {
    owner: "latex",
    strength: "cause",
    before: 1,
    after: 3,
    needs: "! ",
    pattern: [
      {
        regexp:
          "^! ((?:LaTeX|Package|Class|pdfTeX|TeX|Undefined|Missing|Extra|Emergency|Paragraph|Too many|Illegal|Misplaced|Incomplete|Argument|Use of|Double|Dimension|Font|File|I can't|Interruption|Improper|Not in)\\b.*)$",
        message: 1,
      },
    ],
    example: "! Undefined control sequence.\nl.7 \\sum",
  },
  {
    owner: "sanitizer",
    strength: "cause",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "==\\d+==\\s?(?:ERROR: )?(\\w+Sanitizer.*|Invalid (?:read|write).*)$|\\bERROR: \\w+Sanitizer: .*$|^(\\S+):(\\d+):(\\d+): runtime error: .*$|^WARNING: ThreadSanitizer: .*$",
        message: 1,
      },
    ],
    needs: ":",
    example: "==12==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6020000000f4",
  },
  {
    owner: "bazel",
    strength: "failure",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp: "^(?:FAIL|TIMEOUT): (//\\S+) \\(see .*$|^(//\\S+) +(?:FAILED|TIMEOUT) in .*$",
        message: 1,
      },
    ],
    example: "FAIL: //src/sum:sum_test (see /root/.cache/bazel/testlogs/src/sum/sum_test/test.log)",
  },
  {
    // What the action has written stands below it.
    owner: "bazel",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 4,
    needs: " failed: (",
    pattern: [
      {
        regexp: "^ERROR: (\\S+?):(\\d+):(\\d+): (.+ failed: \\((?:Exit \\d+|[A-Z][a-z ]+)\\).*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "ERROR: /src/BUILD:3:10: Compiling sum.cc failed: (Exit 1): gcc failed",
  },
  {
    owner: "bazel",
    strength: "cause",
    before: 0,
    after: 4,
    pattern: [
      {
        regexp: "^ERROR: (\\S+?)(?::(\\d+):(\\d+))?: (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "ERROR: /src/BUILD:3:10: no such target '//src:total': target 'total' not declared",
  },
  {
    // The build script says why, below its output.
    owner: "cargo",
    strength: "cause",
    yields: "always",
    before: 0,
    after: 3,
    needs: "custom build command",
    pattern: [{ regexp: "^error: failed to run custom build command for .+$" }],
    example: "error: failed to run custom build command for `openssl-sys v0.9.1`",
  },
  {
    owner: "gcc",
    strength: "cause",
    before: 1,
    after: 3,
    framed: true,
    needs: "sorry, unimplemented: ",
    pattern: [
      {
        regexp: "^(.{1,300}?):(\\d+)(?::(\\d+))?: sorry, unimplemented: (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "hisi.c:1:0: sorry, unimplemented: code model 'large' with -fPIC",
  },
  {
    owner: "gcc",
    strength: "cause",
    before: 1,
    after: 6,
    framed: true,
    pattern: [
      {
        regexp:
          "^(?:In file included from )?(.{1,300}?):(\\d+)(?::(\\d+))?: (?:fatal )?error: (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example:
      "sum.c:3:5: error: expected ';' before 'return'\n    3 |     return a + b\n      |     ^",
  },
];
