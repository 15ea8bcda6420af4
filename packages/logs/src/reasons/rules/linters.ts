import type { Rule } from "../rule.ts";

/** Linters, type checkers and formatters. */
export const linters: readonly Rule[] = [
  {
    owner: "pylint",
    strength: "cause",
    before: 0,
    after: 0,
    pattern: [
      {
        regexp: "^(\\S+\\.py):(\\d+):(\\d+): ([CEFRW]\\d{4}): (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      },
    ],
    needs: ".py",
    example: "src/sum.py:3:4: E0602: Undefined variable 'total' (undefined-variable)",
  },
  {
    owner: "eslint",
    strength: "cause",
    before: 0,
    after: 0,
    pattern: [
      { regexp: '^(?!\\s)(?:[A-Za-z]:)?[^\\s*<>"][^*<>"]{0,300}$', file: 0 },
      {
        regexp: "^\\s+(\\d+):(\\d+)\\s+(error|warning)\\s+(.+?)(?:\\s{2,}(\\S+))?$",
        line: 1,
        column: 2,
        severity: 3,
        message: 4,
        code: 5,
        loop: true,
      },
    ],
    example:
      "/src/sum.js\n  3:7  error  'total' is assigned a value but never used  no-unused-vars",
  },
  {
    owner: "eslint",
    strength: "cause",
    before: 1,
    after: 0,
    pattern: [
      {
        regexp: "^\\s+(?:\\[\\w+\\]\\s+)?(\\d+):(\\d+)\\s+(error|✖|×)\\s+(.+?)(?:\\s{2,}(\\S+))?$",
        line: 1,
        column: 2,
        message: 4,
        code: 5,
      },
    ],
    example: "  3:7  error  'total' is assigned a value but never used  no-unused-vars",
  },
  {
    owner: "eslint",
    strength: "cause",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp:
          "^(\\S+): line (\\d+), col (\\d+), (Error|Warning) - (.+?)(?: \\((\\S+)\\))?$|^(\\S+):(\\d+):(\\d+): (.+) \\[(Error|Warning)/\\S+\\]$",
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
        code: 6,
      },
    ],
    example:
      "/src/sum.js: line 3, col 7, Error - 'total' is assigned a value but never used. (no-unused-vars)",
  },
  {
    owner: "oxlint",
    strength: "cause",
    before: 0,
    after: 7,
    pattern: [{ regexp: "^\\s*(?:x|×|⚠|!) ([\\w@-]+\\([\\w/-]+\\)): (.*)$", code: 1, message: 2 }],
    needs: "): ",
    example: "  x eslint(no-debugger): `debugger` statement is not allowed\n   ,-[src/sum.js:1:1]",
  },
  {
    // Its warnings have `!` where errors have `×`.
    owner: "biome",
    strength: "cause",
    before: 0,
    after: 8,
    needs: "━━",
    pattern: [
      {
        regexp: "^(\\S+?)(?::(\\d+):(\\d+))? ((?:lint|assist|suppressions)/\\S+|[a-z][\\w/]*) .*━━",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
      },
      { regexp: "^\\s*[×✖] (.+)$", message: 1 },
    ],
    example:
      "src/sum.ts format ━━━━━━━━━━━━\n  × Formatter would have printed the following content:",
  },
  {
    owner: "biome",
    strength: "failure",
    before: 0,
    after: 8,
    needs: "━━",
    pattern: [
      {
        regexp:
          "^(\\S+?)(?::(\\d+):(\\d+))? (?:(lint/\\S+|assist/\\S+|parse|format|organizeImports|ci)) .*━━",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
      },
    ],
    example: "src/sum.ts:1:1 lint/suspicious/noDebugger  FIXABLE  ━━━━━━━━━━━━",
  },
  {
    owner: "android-lint",
    strength: "cause",
    before: 0,
    after: 3,
    needs: ": Error: ",
    pattern: [
      {
        regexp: "^\\s*(\\S.{0,300}?):(?:(\\d+):)? Error: (.+) \\[(\\w+)(?: from .+)?\\]$",
        file: 1,
        line: 2,
        message: 3,
        code: 4,
      },
    ],
    example:
      "/app/src/main/AndroidManifest.xml:8: Error: Permission exists without corresponding hardware <uses-feature> tag [PermissionImpliesUnsupportedChromeOsHardware]",
  },
  {
    owner: "bandit",
    strength: "cause",
    before: 0,
    after: 4,
    needs: ">> Issue: ",
    pattern: [{ regexp: "^>> Issue: \\[(B\\d+):[^\\]]*\\] (.+)$", code: 1, message: 2 }],
    example:
      ">> Issue: [B104:hardcoded_bind_all_interfaces] Possible binding to all interfaces.\n   Severity: Medium   Confidence: Medium",
  },
  {
    owner: "pint",
    strength: "cause",
    before: 1,
    after: 1,
    needs: "⨯ ",
    pattern: [{ regexp: "^\\s*⨯ (\\S+\\.php)\\s+(\\w.*)$", file: 1, message: 2 }],
    example: "  ⨯ routes/web.php               fully_qualified_strict_types, ordered_imports",
  },
  {
    owner: "lintrunner",
    strength: "cause",
    before: 1,
    after: 3,
    pattern: [
      { regexp: "^>>> (?:Lint for (\\S+):|General linter failure:)$", file: 1 },
      {
        regexp: "^\\s+(Error|Warning|Advice|Disabled) \\(([A-Z0-9_]+)\\) (\\S.*)$",
        code: 2,
        message: 3,
        loop: true,
      },
    ],
    example: ">>> Lint for src/sum.py:\n  Warning (RUFF) S101\n    Use of `assert` detected.",
  },
  {
    owner: "prettier",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "[warn]",
    pattern: [{ regexp: "^\\[warn\\] (?!Code style|Ignored)(\\S.*\\.\\w{1,8})$", file: 1 }],
    example: "[warn] src/sum.ts",
  },
  {
    owner: "prettier",
    strength: "cause",
    before: 1,
    after: 0,
    pattern: [
      {
        regexp:
          "^.{0,300}\\b(?:prettier|gofmt|goimports|gofumpt|shfmt|ormolu|fourmolu)\\b.{0,300} (?:-l|--list-different)\\b",
      },
      { regexp: "^([\\w@.~-]*(?:[\\\\/][\\w@.+~-]+)*\\.\\w{1,8})$", file: 1, loop: true },
    ],
    example: "> prettier --list-different src\nsrc/sum.ts\nsrc/total.ts",
  },
  {
    owner: "format",
    strength: "cause",
    before: 2,
    after: 3,
    pattern: [
      {
        regexp:
          "^(?:would reformat |Would reformat: )(\\S.*)$|^ERROR: (\\S+) Imports are incorrectly sorted|^(?:Format issues? found|Code style issues|Found \\d+ files? (?:needing|with) format|The following files (?:are not|need|have|should|were)|Some files (?:are not|need)|[Ff]iles? (?:not|need to be|are not) formatted|Run .{1,60} to (?:fix|format)|Please (?:run|format|apply)|\\s+Please run .{0,60}(?:prettier|format|fmt)|Unformatted|unformatted|Changed \\S+\\.dart$|Not all files|needs formatting|\\d+ files? would be reformatted|Formatting differs|The file .{1,200} (?:is not|needs)).*$",
      },
    ],
    example: "would reformat src/sum.py\nOh no! 💥 💔 💥\n1 file would be reformatted.",
  },
  {
    owner: "rustfmt",
    strength: "cause",
    before: 0,
    after: 8,
    needs: "Diff in ",
    pattern: [{ regexp: "^Diff in (\\S+?)(?::(\\d+)| at line (\\d+))?:?$", file: 1, line: 2 }],
    example: "Diff in /src/main.rs:1:\n-fn main(){}\n+fn main() {}",
  },
  {
    owner: "diff",
    strength: "error",
    before: 0,
    after: 7,
    needs: "@@ ",
    pattern: [
      { regexp: "^--- (?:a/)?(\\S.*)$", file: 1 },
      { regexp: "^\\+\\+\\+ (?:b/)?\\S.*$" },
      { regexp: "^@@ -(\\d+)(?:,\\d+)? \\+\\d+(?:,\\d+)? @@", line: 1 },
    ],
    example: "--- a/src/sum.go\n+++ b/src/sum.go\n@@ -1,3 +1,3 @@\n-func Sum( ) {}\n+func Sum() {}",
  },
  {
    owner: "diff",
    strength: "word",
    before: 8,
    after: 0,
    needs: " changed, ",
    pattern: [{ regexp: "^ *(\\d+ files? changed, \\d+ (?:insertion|deletion).*)$", message: 1 }],
    example: " src/sum.go | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)",
  },
  {
    owner: "ruff",
    strength: "cause",
    before: 0,
    after: 6,
    framed: true,
    pattern: [
      {
        regexp: "^([A-Z]{1,5}\\d{2,4})(?: \\[\\*\\])? (.+)$|^(invalid-syntax): (.+)$",
        code: 1,
        message: 2,
      },
      { regexp: "^\\s*--> (.+?):(\\d+):(\\d+)$", file: 1, line: 2, column: 3 },
    ],
    example:
      "F401 [*] `os` imported but unused\n --> src/sum.py:1:8\n  |\n1 | import os\n  |        ^^",
  },
  {
    // Not rustc's, which writes the same below a warning; its errors have rules of their own.
    owner: "place",
    strength: "failure",
    before: 1,
    after: 6,
    needs: "--> ",
    pattern: [
      {
        regexp: "^\\s*(?:-->|╭▸|,-\\[|╭─\\[) ?(?=\\S)(?!\\S+\\.rs:)(.+?):(\\d+):(\\d+)\\]?$",
        file: 1,
        line: 2,
        column: 3,
      },
    ],
    example: "something is wrong\n --> src/sum.py:1:8\n  |\n1 | import os\n  |        ^^",
  },
  {
    owner: "flake8",
    strength: "cause",
    before: 0,
    after: 1,
    needs: ": ",
    pattern: [
      {
        regexp: "^(\\S.{0,300}?):(\\d+):(\\d+):? ([A-Z]{1,6}\\d{2,5})(?:\\(\\S+\\))?:? (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      },
    ],
    example: "src/sum.py:1:1: F401 'os' imported but unused",
  },
  {
    owner: "mypy",
    strength: "cause",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp:
          "^(\\S.{0,300}?\\.pyi?):(\\d+)(?::(\\d+))?: (error|warning|note): (.*?)(?:\\s+\\[([\\w-]+)\\])?$",
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
        code: 6,
      },
    ],
    needs: ".py",
    example:
      'src/sum.py:3: error: Incompatible return value type (got "str", expected "int")  [return-value]',
  },
  {
    owner: "pyright",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp: "^\\s*(\\S.{0,300}?):(\\d+):(\\d+) - (error|warning|information): (.*)$",
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
      },
    ],
    example: '  /src/sum.py:3:12 - error: Type "str" is not assignable to return type "int"',
  },
  {
    owner: "golangci-lint",
    strength: "cause",
    before: 0,
    after: 3,
    needs: ".go:",
    pattern: [
      {
        regexp: "^(?:level=error .*|(\\S+\\.go):(\\d+)(?::(\\d+))?: (.+) \\((\\w+)\\))$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
        code: 5,
      },
    ],
    example: "sum.go:4:2: ineffectual assignment to total (ineffassign)",
  },
  {
    owner: "shellcheck",
    strength: "cause",
    before: 1,
    after: 3,
    needs: "SC",
    pattern: [
      {
        regexp: "^\\s*\\^(?:-*\\^)?-*\\s*(SC\\d{4})(?: \\((error|warning|info|style)\\))?: (.*)$",
        code: 1,
        message: 3,
      },
    ],
    example:
      "In run.sh line 2:\necho $1\n     ^-- SC2086 (info): Double quote to prevent globbing and word splitting.",
  },
  {
    owner: "shellcheck",
    strength: "cause",
    before: 0,
    after: 0,
    needs: "[SC",
    pattern: [
      {
        regexp: "^(\\S+):(\\d+):(\\d+): (?:error|warning|note): (.*) \\[(SC\\d+)\\]$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
        code: 5,
      },
    ],
    example: "run.sh:2:6: note: Double quote to prevent globbing and word splitting. [SC2086]",
  },
  {
    owner: "rubocop",
    strength: "cause",
    before: 0,
    after: 2,
    needs: ".rb:",
    pattern: [
      {
        regexp: "^(\\S+\\.rb):(\\d+):(\\d+): ([CEFW]): (.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 5,
      },
    ],
    example: "lib/sum.rb:3:5: W: Lint/UselessAssignment: Useless assignment to variable - total.",
  },
  {
    owner: "markdownlint",
    strength: "cause",
    before: 0,
    after: 0,
    needs: "MD",
    pattern: [
      {
        regexp: "^(\\S+?): ?(\\d+)(?::(\\d+))?:?(?: (?:error|warning))? (MD\\d+\\S*) (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      },
    ],
    example: "README.md:3:81 MD013/line-length Line length [Expected: 80; Actual: 120]",
  },
  {
    owner: "yamllint",
    strength: "cause",
    before: 0,
    after: 0,
    needs: "[error]",
    pattern: [
      {
        regexp: "^(\\S+):(\\d+):(\\d+): \\[(error|warning)\\] (.*)$",
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        message: 5,
      },
    ],
    example: 'config.yml:3:1: [error] duplication of key "a" in mapping (key-duplicates)',
  },
  {
    owner: "actionlint",
    strength: "cause",
    before: 0,
    after: 3,
    needs: ".y",
    pattern: [
      {
        regexp: "^(\\S+\\.ya?ml):(\\d+):(\\d+): (.+) \\[([\\w-]+)\\]$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
        code: 5,
      },
    ],
    example:
      '.github/workflows/ci.yml:7:9: property "foo" is not defined in object type {} [expression]',
  },
  {
    owner: "hadolint",
    strength: "cause",
    before: 0,
    after: 0,
    needs: "DL",
    pattern: [
      {
        regexp: "^(\\S+):(\\d+)(?::\\d+)? (DL\\d+|SC\\d+)(?: (?:error|warning|info|style))?: (.*)$",
        file: 1,
        line: 2,
        code: 3,
        message: 4,
      },
    ],
    example: "Dockerfile:3 DL3008 warning: Pin versions in apt get install.",
  },
  {
    owner: "phpstan",
    strength: "cause",
    before: 0,
    after: 1,
    pattern: [
      { regexp: "^\\s*Line\\s{2,}(\\S+)\\s*$", file: 1 },
      { regexp: "^\\s*-{3,} -{3,}\\s*$" },
      { regexp: "^\\s{1,2}:?(\\d+)\\s{2,}(\\S.*)$", line: 1, message: 2, loop: true },
    ],
    example:
      " ------ ------\n  Line   src/Sum.php\n ------ ------\n  3      Undefined variable: $total",
  },
  {
    owner: "commitlint",
    strength: "cause",
    before: 2,
    after: 2,
    needs: "✖",
    pattern: [{ regexp: "^✖ {2,}(.+?) \\[([\\w-]+)\\]$", message: 1, code: 2 }],
    example: "✖   subject may not be empty [subject-empty]",
  },
  {
    owner: "cspell",
    strength: "cause",
    before: 0,
    after: 0,
    needs: "Unknown word",
    pattern: [
      {
        regexp: "^(\\S+):(\\d+):(\\d+) - (Unknown word .*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      },
    ],
    example: "src/sum.ts:3:7 - Unknown word (totl)",
  },
  {
    owner: "codespell",
    strength: "cause",
    before: 0,
    after: 0,
    needs: " ==> ",
    pattern: [{ regexp: "^(\\S+):(\\d+): (\\w+ ==> .+)$", file: 1, line: 2, message: 3 }],
    example: "README.md:3: teh ==> the",
  },
  {
    owner: "links",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "http",
    pattern: [
      {
        regexp:
          "\\[(?:✖|✗|[45]\\d\\d|ERROR|TIMEOUT|404)\\]:? <?https?://\\S+|https?://\\S+ (?:→|->) Status: (?:[45]\\d\\d|0)|^\\s*\\d+\\. \\[L\\d+\\] +[345]\\d\\d https?://|\\bHTTP Error [45]\\d\\d\\b.*https?://|^\\s*✖ https?://",
      },
    ],
    example: "[✖] https://example.com/nope → Status: 404",
  },
  {
    owner: "pre-commit",
    strength: "failure",
    before: 0,
    after: 8,
    needs: "....",
    pattern: [{ regexp: "^(\\S.*?)\\.{3,}(?:\\(.*\\))?Failed$", message: 1 }],
    example:
      "trim trailing whitespace.................................Failed\n- hook id: trailing-whitespace",
  },
];
