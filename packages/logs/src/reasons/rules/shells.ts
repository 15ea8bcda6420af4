import type { Rule } from "../rule.ts";

/** Shells, interpreters and operating systems. */
export const shells: readonly Rule[] = [
  {
    owner: "shell",
    strength: "cause",
    yields: "to-later",
    before: 1,
    after: 1,
    pattern: [
      {
        regexp:
          "^(\\S{1,200}?):? (?:line )?(\\d+): (.*(?:not found|[Pp]ermission denied|No such file|unbound variable|[Ss]yntax error|unexpected|not set|[Bb]ad substitution|cannot (?:execute|create|open)|[Ii]s a directory|Argument list too long|Killed|Segmentation fault|Aborted|integer expression|readonly variable|ambiguous redirect|command substitution).*)$",
        file: 1,
        line: 2,
        message: 3,
      },
    ],
    example: "/home/runner/work/_temp/1.sh: line 3: nope: command not found",
  },
  {
    owner: "shell",
    strength: "cause",
    yields: "to-later",
    before: 1,
    after: 1,
    pattern: [
      {
        regexp:
          "^(?:/(?:usr/)?bin/)?(?:ba|z|da|a|k|fi)?sh: .*(?:not found|denied|No such file|can't open|error).*$|^(?:[\\w./-]+: )(?:[\\w./ '‘’\"-]+: )?(?:command not found|No such file or directory|Permission denied|Is a directory|Not a directory|No space left on device|Cannot (?:stat|open)|cannot (?:stat|access|open|create|remove|touch|find|execute|overwrite).*|Operation not permitted|invalid option.*|unrecognized option.*|illegal option.*|missing (?:operand|argument).*|Text file busy|Device or resource busy|not found|unbound variable|Exec format error)\\b.*$|^(?:env|exec|xargs|sudo|timeout|nice): .*(?:No such file|not found|failed|denied|must|required).*",
      },
    ],
    example: "cat: nope.txt: No such file or directory",
  },
  {
    // The message stands four lines below.
    owner: "powershell",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 5,
    needs: ".ps1:",
    pattern: [{ regexp: "^[\\w-]+: .{1,300}\\.ps1:\\d+$" }],
    example: "Get-Item: /home/runner/work/_temp/1.ps1:3",
  },
  {
    // What a script of the project's own says at its end.
    owner: "powershell",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 5,
    needs: "Write-Error",
    pattern: [{ regexp: "^Write-Error ?: (?!.*\\.ps1:\\d+$)(\\S.*)$", message: 1 }],
    example: "Write-Error: Tests failed",
  },
  {
    owner: "powershell",
    strength: "cause",
    before: 0,
    after: 5,
    pattern: [
      {
        regexp:
          "^(?:\\w+: )?The term '.{1,200}' is not recognized.*|^'.{1,100}' is not recognized as an internal.*|^(?:Get|Set|New|Remove|Invoke|Start|Stop|Test|Import|Export|Add|Copy|Move|Out|Write|ConvertFrom|ConvertTo|Install|Update|Find|Expand|Compress|Select|Where|ForEach|Join|Split|Resolve|Register|Connect|Publish|Uninstall|Rename|Clear|Wait|Restart|Enable|Disable)-(?!Cookie)[A-Z]\\w+\\s?: (\\S.*)$|^ParserError: .*",
        message: 1,
      },
    ],
    example: "Get-Item: Cannot find path '/nope' because it does not exist.",
  },
  {
    owner: "cmd",
    strength: "cause",
    yields: "to-later",
    before: 1,
    after: 1,
    pattern: [{ regexp: "^The system cannot find the (?:file|path|drive).*" }],
    example: "The system cannot find the path specified.",
  },
  {
    owner: "powershell",
    strength: "cause",
    before: 2,
    after: 4,
    needs: "char:",
    pattern: [{ regexp: "^At (\\S.{0,300}):(\\d+) char:(\\d+)$", file: 1, line: 2, column: 3 }],
    example: "Get-Item : Cannot find path 'C:\\nope'\nAt C:\\a\\b.ps1:3 char:1\n+ Get-Item nope",
  },
  {
    owner: "powershell",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      { regexp: "^[\\w-]+: (.{1,300}\\.ps1):(\\d+)$", file: 1, line: 2 },
      { regexp: "^Line \\|$" },
      { regexp: "^\\s*\\d+ \\| " },
      { regexp: "^\\s+\\|\\s+~+\\s*$" },
      { regexp: "^\\s+\\| (\\S.*)$", message: 1 },
    ],
    example:
      "Get-Item: /work/1.ps1:3\nLine |\n   3 |  Get-Item nope\n     |  ~~~~~~~~~~~~~\n     | Cannot find path '/work/nope' because it does not exist.",
  },
  {
    owner: "powershell",
    strength: "failure",
    yields: "always",
    before: 1,
    after: 4,
    needs: "Line |",
    pattern: [{ regexp: "^Line \\|$" }],
    example: "Get-Item: /home/runner/work/_temp/1.ps1:3\nLine |\n   3 |  Get-Item nope",
  },
  {
    owner: "python",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 3,
    needs: "Traceback (most recent",
    pattern: [{ regexp: "^\\s*Traceback \\(most recent call last\\):" }],
    example: "Traceback (most recent call last):",
  },
  {
    owner: "node",
    strength: "cause",
    yields: "to-later",
    before: 2,
    after: 4,
    pattern: [
      {
        regexp: "^(?:Uncaught |\\s*\\[cause\\]: )?\\[?(?:\\w*Error)(?: \\[\\w+\\])?: (.+)$",
        message: 1,
      },
    ],
    example: "Error: Cannot find module './nope.js'\nRequire stack:\n- /src/index.js",
  },
  {
    owner: "ruby",
    strength: "cause",
    before: 0,
    after: 3,
    pattern: [
      {
        regexp:
          "^(\\S+\\.rb):(\\d+):in .{1,200}: (.+) \\((\\w+(?:::\\w+)*)\\)$|^rake aborted!$|^rails aborted!$",
        file: 1,
        line: 2,
        message: 3,
        code: 4,
      },
    ],
    example: "sum.rb:3:in 'Integer#+': nil can't be coerced into Integer (TypeError)",
  },
  {
    owner: "php",
    strength: "cause",
    before: 0,
    after: 3,
    pattern: [
      { regexp: "^(?:PHP )?(?:Fatal|Parse|Recoverable fatal) error: {1,2}(.*)$", message: 1 },
    ],
    example:
      "PHP Fatal error:  Uncaught Error: Call to undefined function total() in /src/sum.php:3",
  },
  {
    owner: "killed",
    strength: "cause",
    before: 3,
    after: 3,
    pattern: [
      {
        regexp:
          "JavaScript heap out of memory|^(?:.*\\s)?Killed(?:\\s.*)?$|[Oo]ut of memory|OutOfMemoryError|OOM[- ]?[Kk]ill|Cannot allocate memory|std::bad_alloc|^(?:\\S+: line \\d+: +\\d+ )?(?:Segmentation fault|Aborted|Bus error|Illegal instruction|Trace/breakpoint trap)\\b.*|SIG(?:SEGV|ABRT|KILL|BUS|ILL)\\b|[Nn]o space left on device|signal: (?:9|11|6)\\b|terminate called after throwing|Assertion [`'].{1,200}' failed|: Assertion .* failed\\.",
      },
    ],
    example: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
  },
  {
    owner: "time-out",
    strength: "failure",
    before: 2,
    after: 1,
    pattern: [
      {
        regexp:
          "\\b(?:[Tt]imed out (?:after|waiting|in)|[Cc]ommand took >|timeout: sending signal|[Tt]imeout (?:of|after|waiting|exceeded)|TimeoutError|deadline exceeded|DEADLINE_EXCEEDED|did not (?:become|start|respond|complete) (?:ready |healthy )?(?:in|within)|never (?:became|returned|started))\\b|(?:Exceeded|exceeded) timeout of",
      },
    ],
    example: "Timed out waiting 60000ms from config.webServer.",
  },
  {
    owner: "sql",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "^(?:psql:\\S*|ERROR|mysql|ERROR \\d+ \\(\\w+\\))(?: at line \\d+)?:? ?(?:.*: )?(?:ERROR|FATAL): {1,2}(.*)$|^ERROR \\d+ \\(\\w+\\)(?: at line \\d+)?: (.*)$",
        message: 1,
      },
    ],
    example: 'psql:init.sql:3: ERROR:  relation "sums" does not exist',
  },
  {
    owner: "perl",
    strength: "cause",
    before: 0,
    after: 1,
    needs: " line ",
    pattern: [
      {
        regexp: "^(.+) at (\\S+) line (\\d+)(?:, <\\w+> line \\d+)?\\.$",
        message: 1,
        file: 2,
        line: 3,
      },
    ],
    example:
      "Can't locate Nope.pm in @INC (you may need to install the Nope module) at sum.pl line 3.",
  },
];
