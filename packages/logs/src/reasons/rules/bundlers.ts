import type { Rule } from "../rule.ts";

/** Bundlers of web pages, and the frameworks that run them. */
export const bundlers: readonly Rule[] = [
  {
    owner: "esbuild",
    strength: "cause",
    before: 0,
    after: 6,
    framed: true,
    needs: "ERROR]",
    pattern: [{ regexp: "^\\s*(?:✘ |X )?\\[ERROR\\] (.+)$", message: 1 }],
    example: '✘ [ERROR] Could not resolve "./missing.js"\n\n    src/index.js:1:18:',
  },
  {
    owner: "webpack",
    strength: "cause",
    before: 0,
    after: 6,
    continues: true,
    needs: "ERROR in",
    pattern: [{ regexp: "^ERROR in (.*)$", message: 1 }],
    example:
      "ERROR in ./src/index.js 1:0-26\nModule not found: Error: Can't resolve './missing.js' in '/src'",
  },
  {
    owner: "webpack",
    strength: "cause",
    before: 1,
    after: 4,
    pattern: [
      { regexp: "^\\s*Module (?:not found|build failed|parse failed)[:(] ?(.*)$", message: 1 },
    ],
    example: "Module not found: Error: Can't resolve './missing.js' in '/src'",
  },
  {
    owner: "rolldown",
    strength: "cause",
    before: 0,
    after: 6,
    needs: "] Error: ",
    pattern: [{ regexp: "^\\s*\\[([A-Z][A-Z_]+)\\] Error: (.+)$", code: 1, message: 2 }],
    example:
      "Build failed with 1 error:\n\n[UNRESOLVED_IMPORT] Error: Could not resolve './useLogs' in src/LogsTab.jsx",
  },
  {
    // Below it stands what is wrong, in whatever bundler's form.
    owner: "vite",
    strength: "cause",
    yields: "always",
    before: 0,
    after: 6,
    needs: "uild",
    pattern: [
      {
        regexp:
          "^\\s*(?:error during build:|(?:Error: )?(?:Turbopack b|B)uild failed with \\d+ errors?:|> Build error occurred|Failed to compile\\.)$",
      },
    ],
    example:
      'error during build:\n[vite]: Rollup failed to resolve import "lodash" from "src/main.ts".',
  },
  {
    owner: "vite",
    strength: "cause",
    before: 0,
    after: 6,
    pattern: [
      {
        regexp:
          "^\\s*(?:error during build: |\\[!\\] |RollupError: |\\[(?:vite|rollup|plugin|commonjs)[^\\]]{0,60}\\]:? ?(?:Error|Rollup failed|Failed|Could not))(.*)$",
        message: 1,
      },
    ],
    example:
      'error during build:\n[vite]: Rollup failed to resolve import "lodash" from "src/main.ts".',
  },
  {
    owner: "next",
    strength: "cause",
    before: 1,
    after: 6,
    pattern: [
      {
        regexp: "^\\s*(?:Type error: |Error occurred prerendering page|> Build failed|⨯ )(.*)$",
        message: 1,
      },
    ],
    example: "./app/page.tsx:3:9\nType error: Type 'string' is not assignable to type 'number'.",
  },
  {
    owner: "angular",
    strength: "cause",
    before: 0,
    after: 4,
    pattern: [
      {
        regexp:
          "^(?:✘ \\[ERROR\\]|Error:) (?:(\\S+):(\\d+):(\\d+) - error )?(NG\\d+|TS-?\\d+): (.*)$",
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      },
    ],
    example: "Error: src/app/app.html:1:1 - error NG8001: 'app-sum' is not a known element",
  },
];
