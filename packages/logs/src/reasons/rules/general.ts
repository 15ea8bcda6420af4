import type { Rule } from "../rule.ts";

/** Messages of programs that no other rule knows, by the form that errors have. They are tried last. */
export const general: readonly Rule[] = [
  {
    owner: "place",
    strength: "failure",
    before: 1,
    after: 3,
    pattern: [
      {
        regexp:
          "^\\s*(?:\\[\\w+\\] |[✖✘×x] )?((?:[\\w@.~-]*[\\\\/])*[\\w@.-]+\\.\\w{1,8})(?::(\\d+)(?::(\\d+))?|\\((\\d+)(?:,(\\d+))?\\)):? (?:- )?(?:error|ERROR|Error|fatal)\\b:? ?(.*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 6,
      },
    ],
    example: "contracts/Sum.sol:3:5: Error: Undeclared identifier.",
  },
  {
    owner: "error-line",
    strength: "cause",
    yields: "to-failure",
    before: 1,
    after: 9,
    framed: true,
    needs: "error: ",
    pattern: [{ regexp: "^error: (.+)$", message: 1 }],
    example: "error: unused variable: `total`\n --> src/main.rs:2:9\n  |\n2 |     let total = 1;",
  },
  {
    owner: "exception",
    strength: "cause",
    yields: "to-failure",
    before: 3,
    after: 6,
    pattern: [
      {
        regexp:
          '^\\s*(?:\\d+\\) )?(?:Uncaught |Unhandled |Caused by: |Exception in thread "[^"]*" |(?:Fatal |Internal )?Error: )?(?:[A-Za-z_$][\\w$]*(?:\\.|::|\\\\))*[A-Z][\\w$]*(?:Error|Exception|Panic)(?: \\[[\\w-]+\\])?(?: \\([\\w ,:-]+\\))?: (.+)',
        message: 1,
      },
    ],
    example: "java.lang.IllegalStateException: the pool is closed",
  },
  {
    owner: "exception",
    strength: "cause",
    yields: "to-later",
    before: 3,
    after: 6,
    pattern: [
      {
        regexp:
          '^\\s*(?:Uncaught |Unhandled |Caused by: |Exception in thread "[^"]*" )?(?:[A-Za-z_$][\\w$]*(?:\\.|::|\\\\))*[A-Z][\\w$]*(?:Error|Exception)(?: \\[[\\w-]+\\])?:?$',
      },
    ],
    example: "java.lang.NullPointerException",
  },
  {
    owner: "error-line",
    strength: "error",
    after: 4,
    pattern: [
      {
        regexp:
          "^\\s*(?:[✗✘✖×❌⨯🚨💥❗‼>*•-]+\\s*)?[(\\[]?(?:Uncaught |Unhandled |[Ff]atal |FATAL |[Ii]nternal |[Cc]ompile |[Ss]yntax |[Rr]untime |[Bb]uild |[Tt]est |[Cc]onfiguration )?(?:[Ee]rror|ERROR|ERR|FATAL|[Ff]atal|CRITICAL|[Pp]anic|PANIC|FAILURE|FAILED|[Ff]ailure)(?:[ (\\[]+[A-Z]*[-_]?\\d+)?[)\\]]?(?: in [^:]{1,200})?(?:\\s*[:!|»-]\\s*|\\s{1,}(?=\\S))(.+)",
        message: 1,
      },
    ],
    example: "ERROR: the lock file is out of date",
  },
  {
    owner: "error-line",
    strength: "error",
    after: 4,
    pattern: [
      {
        regexp:
          "(?:^|[\\s\\])>|])(?:[Ee]rror|ERROR|FATAL|[Ff]atal(?: error)?|CRITICAL|SEVERE|PANIC)(?: ?\\[[\\w.-]+\\]| [A-Z]+\\d+)?\\s?: ?(.+)",
        message: 1,
      },
    ],
    example: "tool.sh: line 3: ERROR: no such branch",
  },
  {
    owner: "mark",
    strength: "failure",
    before: 0,
    pattern: [{ regexp: "^\\s*(?:✗|✘|✖|×|❌|⨯|🚨|💥)\\s*(?!.*\\.{3}$)(\\S.{2,})", message: 1 }],
    example: "❌ The schema has drifted from the migrations",
  },
  {
    owner: "mark",
    strength: "failure",
    before: 1,
    after: 8,
    pattern: [
      {
        regexp:
          "^\\s*(\\S.{0,200}?)(?::|\\s{2}|\\.{3})\\s*(?:FAIL(?:ED|URE)?|ERROR)(?:\\s+\\([^)]{0,60}\\))?$",
        message: 1,
      },
    ],
    example: "    tables:                                      FAIL (0.06s)",
  },
  {
    owner: "level",
    strength: "error",
    pattern: [
      {
        regexp:
          "(?:^|[\\s\\[|(])(?:level=(?:error|fatal)|ERROR|FATAL|CRITICAL|SEVERE|\\[(?:error|fatal|critical|err)\\]|E\\d{4} \\d\\d:\\d\\d:\\d\\d)(?:$|[\\s\\])|])",
      },
    ],
    example: "10:00:01.123 [main] ERROR o.s.b.SpringApplication - Application run failed",
  },
  {
    owner: "error-line",
    strength: "error",
    after: 4,
    pattern: [{ regexp: "^[\\w.+-]{2,40}: (?:[Ff]atal )?[Ee]rror in (.+)$", message: 1 }],
    example: "llvm-rc: Error in ICON statement (ID 1):",
  },
  {
    owner: "error-line",
    strength: "error",
    after: 1,
    needs: "; required ",
    pattern: [{ regexp: "^\\s*(\\S.{0,200} (?:not found|missing); required .+)$", message: 1 }],
    example: "  `icons/icon.ico` not found; required for generating a resource file",
  },
  {
    owner: "error-line",
    strength: "error",
    after: 4,
    pattern: [
      {
        regexp: "\\b(?:error|exception) (?:occurred|was thrown|encountered)\\b.{0,100}: ?(.+)",
        message: 1,
      },
    ],
    example: "A fatal error occurred: Exit status 2 from command: [/opt/codeql/autobuild.sh]",
  },
  {
    owner: "place",
    strength: "word",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp:
          "^\\s*\\[?((?:[A-Za-z]:)?(?:[\\w@.~-]*[\\\\/])*[\\w@.-]*\\.[A-Za-z]\\w{0,9})(?:: ?(\\d+)(?::(\\d+))?(?:\\]|:)? +|:(\\d+):(\\d+):|\\t *(\\d+)\\t)(?!\\d)([^\\s)].*)$",
        file: 1,
        line: 2,
        column: 3,
        message: 7,
      },
    ],
    example: "config/app.toml:3:1 Needless blank line(s) (no-consecutive-blank-lines)",
  },
  {
    owner: "words",
    strength: "word",
    after: 2,
    pattern: [
      {
        regexp:
          "(?:command|module|package|file|directory|image|tag|branch|reference|repository|version|not been|was|were|is|be|been) not (?:found|exist|be found|available|installed|defined|allowed|permitted|supported|authorized|match|valid)|\\bnot (?:available|installed|defined|allowed|permitted|supported|authorized|initiali[sz]ed|configured|set|present|expected|equal|recogni[sz]ed)\\b|\\bnot found\\b|\\b(?:[Cc]annot|[Cc]an't|[Cc]an not|[Cc]ould not|[Cc]ouldn't|[Uu]nable to|[Ff]ailed to|FAILED TO|[Dd]oes not|[Dd]oesn't|[Dd]id not|[Dd]idn't|[Nn]o such|[Nn]ot a valid|[Ii]s not a|[Mm]ust (?:be|not|have|match)|[Rr]equires?) |\\b(?:[Pp]ermission|[Aa]ccess|[Cc]onnection|[Rr]equest) (?:denied|refused|reset|timed out|closed|failed)|\\b[Tt]imed? ?out\\b|\\bTIMEOUT\\b|\\b(?:exceed(?:s|ed)?|[Ii]nvalid|[Ii]llegal|[Uu]nexpected|[Uu]ndefined|[Uu]nresolved|[Uu]nsupported|[Uu]nrecogni[sz]ed|[Uu]nknown|[Mm]issing|[Mm]ismatch|[Cc]onflict(?:ing|s)?|[Rr]ejected|[Ff]orbidden|[Uu]nauthorized|[Dd]isallowed|[Pp]rohibited|[Cc]orrupt(?:ed)?|[Ii]ncompatible|[Dd]uplicate|[Aa]lready (?:exists?|defined|in use|taken|published|been)|[Vv]iolat(?:es|ed|ion)|[Oo]ut of (?:date|memory|disk|sync)|out-of-date|not up[ -]to[ -]date|[Uu]ncommitted|[Rr]ate limit|[Qq]uota|[Nn]o tests? (?:found|were|ran|to run|matched|files?)|[Nn]o space left|[Rr]efus(?:es|ed|ing) to|dirty|more than the (?:\\S+ )?(?:maximum|limit)|[Kk]illed|[Aa]borted|[Cc]rashed|core dumped)\\b",
      },
    ],
    example: "the migrations are out of date",
  },
  {
    owner: "words",
    strength: "word",
    after: 2,
    pattern: [
      {
        regexp:
          "(?<![\\w./\\\\-])(?:[Ff]ail(?:ed|ure|ures|ing|s)?|FAIL(?:ED|URE|URES)?|[Ee]rrors?|ERRORS?|[Ee]xception|[Ff]atal|[Pp]anic(?:ked)?|[Aa]ssert(?:ion)?|[Ee]xpected|[Ww]rong|[Bb]roken|[Bb]ad)\\b(?![./\\\\-]\\w)",
      },
    ],
    example: "2 of 5 checks failed",
  },
];
