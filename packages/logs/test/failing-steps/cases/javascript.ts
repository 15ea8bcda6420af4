import { type FailingStep, packageJson, range } from "./case.ts";

/** Compilers, linters, package managers and task runners of JavaScript. */
export const javascriptCases: readonly FailingStep[] = [
  {
    name: "tsc",
    files: {
      "package.json": packageJson({ build: "tsc -p ." }),
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [], "skipLibCheck": true } }',
      "src/a.ts": "export const a: number = 1;\n",
      "src/b.ts":
        'import { a } from "./a";\nexport const b: string = a;\nexport const c = missing(a);\n',
    },
    run: "npm run build",
    reason: ["src/b.ts(2,14): error TS2322", "error TS2304"],
  },
  {
    name: "tsc-pretty",
    files: {
      "package.json": packageJson({ build: "tsc -p . --pretty" }),
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [], "skipLibCheck": true } }',
      "src/b.ts": "export function f(a: { b?: { c: number } }) {\n  return a.b.c;\n}\n",
    },
    run: "npm run build",
    reason: ["'a.b' is possibly 'undefined'"],
  },
  {
    name: "eslint",
    files: {
      "package.json": packageJson({ lint: "eslint ." }),
      "eslint.config.js":
        'import js from "@eslint/js";\nexport default [js.configs.recommended, { rules: { "no-console": "warn" }, languageOptions: { globals: { console: "readonly" } } }];\n',
      ...Object.fromEntries(
        range(25).map((index) => [`src/w${index}.js`, 'console.log("x");\nconsole.log("y");\n']),
      ),
      "src/x.js": "const unused = 1;\nif (a == 1) { b(); }\n",
    },
    run: "npm run lint",
    reason: ["'unused' is assigned a value but never used", "src/x.js"],
  },
  {
    name: "oxlint",
    files: {
      "package.json": packageJson({ lint: "oxlint --deny-warnings" }),
      "src/x.js": "debugger;\nexport const a = 1;\n",
    },
    run: "npx oxlint --deny-warnings src",
    reason: ["`debugger` statement is not allowed"],
  },
  {
    name: "oxlint-github",
    files: { "src/x.js": "debugger;\nexport const a = 1;\n" },
    run: "npx oxlint --deny-warnings --format=github src",
    reason: ["`debugger` statement is not allowed"],
  },
  {
    name: "prettier",
    files: {
      "package.json": packageJson({}),
      "a.js": "export const a = 1;\n",
      "b.js": "export   const b = 1\n",
    },
    run: "npx prettier --check .",
    reason: ["[warn] b.js"],
  },
  {
    name: "biome",
    files: { "package.json": packageJson({}), "a.js": "if (a == 1) { debugger; }\n" },
    run: "npx biome ci .",
    reason: ["debugger"],
  },
  {
    name: "stylelint",
    files: {
      "package.json": packageJson({}),
      ".stylelintrc.json": '{ "rules": { "color-no-invalid-hex": true } }',
      "a.css": "a { color: #ggg; }\n",
    },
    run: "npx stylelint '**/*.css'",
    reason: ["color-no-invalid-hex"],
  },
  {
    name: "markdownlint",
    files: { "package.json": packageJson({}), "README.md": "# A\n\n# B\n\ntext\n" },
    run: "npx markdownlint-cli2 '**/*.md' '#node_modules'",
    reason: ["MD025"],
  },
  {
    name: "cspell",
    files: { "package.json": packageJson({}), "README.md": "This is a sentense about tools.\n" },
    run: "npx cspell --no-progress README.md",
    reason: ["sentense"],
  },
  {
    name: "commitlint",
    files: {
      "package.json": packageJson({}),
      "commitlint.config.js": 'export default { extends: ["@commitlint/config-conventional"] };\n',
    },
    run: 'echo "Fixed the thing." | npx commitlint',
    reason: ["type may not be empty"],
  },
  {
    name: "knip",
    files: {
      "package.json": packageJson({}),
      "index.js": 'import "./used.js";\n',
      "used.js": "export const used = 1;\n",
      "orphan.js": "export const orphan = 1;\n",
    },
    run: "npx knip",
    reason: ["orphan.js"],
  },
  {
    name: "npm-missing-script",
    files: { "package.json": packageJson({ test: "true" }) },
    run: "npm run build",
    reason: ['Missing script: "build"'],
  },
  {
    name: "npm-ci-out-of-sync",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "package-lock.json":
        '{ "name": "demo", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "demo", "version": "1.0.0" } } }',
    },
    run: "npm ci",
    reason: ["Missing: left-pad@1.3.0 from lock file"],
  },
  {
    name: "npm-peer",
    output: `npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: demo@1.0.0
npm error Found: b@1.0.0
npm error node_modules/b
npm error   b@"1.0.0" from the root project
npm error
npm error Could not resolve dependency:
npm error peer b@"^2" from a@1.0.0
npm error node_modules/a
npm error   a@"1.0.0" from the root project
npm error
npm error Fix the upstream dependency conflict, or retry
npm error this command with --force or --legacy-peer-deps
npm error to accept an incorrect (and potentially broken) dependency resolution.
npm error
npm error A complete log of this run can be found in: /home/runner/.npm/_logs/debug-0.log`,
    reason: ["unable to resolve dependency tree", 'peer b@"^2" from a@1.0.0'],
  },
  {
    name: "npm-engine",
    files: {
      "package.json": '{ "name": "demo", "version": "1.0.0", "engines": { "node": ">=99" } }',
      ".npmrc": "engine-strict=true\n",
    },
    run: "npm install",
    reason: ["EBADENGINE"],
  },
  {
    name: "npm-lifecycle",
    files: {
      "package.json": packageJson({ prepare: "node scripts/prepare.js", test: "true" }),
      "scripts/prepare.js":
        'import { readFileSync } from "node:fs";\nreadFileSync("schema.graphql");\n',
    },
    run: "npm install",
    reason: ["no such file or directory, open 'schema.graphql'"],
  },
  {
    name: "pnpm-outdated-lockfile",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "pnpm-lock.yaml":
        "lockfileVersion: '9.0'\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\nimporters:\n  .: {}\n",
    },
    run: "pnpm install --frozen-lockfile",
    reason: ["ERR_PNPM_OUTDATED_LOCKFILE"],
  },
  {
    name: "pnpm-recursive",
    files: {
      "package.json": '{ "name": "demo", "private": true }',
      "pnpm-workspace.yaml": "packages: ['packages/*']\n",
      ...Object.fromEntries(
        range(5).map((index) => [
          `packages/p${index}/package.json`,
          `{ "name": "p${index}", "version": "1.0.0", "scripts": { "test": "node test.js" } }`,
        ]),
      ),
      ...Object.fromEntries(
        range(5).map((index) => [
          `packages/p${index}/test.js`,
          index === 3
            ? 'console.log("checking");\nthrow new TypeError("config.port must be a number");\n'
            : 'for (let i = 0; i < 30; i++) console.log("fine", i);\n',
        ]),
      ),
    },
    run: "pnpm -r test",
    reason: ["config.port must be a number"],
  },
  {
    name: "turbo",
    files: {
      "package.json":
        '{ "name": "demo", "private": true, "packageManager": "npm@10.8.2", "workspaces": ["packages/*"] }',
      "turbo.json": '{ "tasks": { "test": {} } }',
      "package-lock.json": '{ "name": "demo", "lockfileVersion": 3, "packages": {} }',
      ...Object.fromEntries(
        range(4).flatMap((index) => [
          [
            `packages/p${index}/package.json`,
            `{ "name": "p${index}", "version": "1.0.0", "scripts": { "test": "node test.js" } }`,
          ],
          [
            `packages/p${index}/test.js`,
            index === 2
              ? 'console.error("error: cannot open the port 8080");\nprocess.exit(3);\n'
              : 'for (let i = 0; i < 40; i++) console.log("fine", i);\n',
          ],
        ]),
      ),
    },
    run: "turbo run test --no-daemon --cache=local:",
    reason: ["cannot open the port 8080"],
  },
  {
    name: "concurrently",
    files: {
      "package.json": packageJson({}),
      "b.js": 'setTimeout(() => { throw new RangeError("too many workers"); }, 300);\n',
      "a.js": 'let i = 0; setInterval(() => console.log("tick", i++), 20);\n',
    },
    run: 'npx concurrently --kill-others-on-fail "node a.js" "node b.js"',
    reason: ["RangeError: too many workers"],
  },
  {
    name: "yarn",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "yarn.lock": "# yarn lockfile v1\n\n",
    },
    run: "yarn install --frozen-lockfile",
    reason: ["Your lockfile needs to be updated"],
  },
  {
    name: "esbuild",
    files: {
      "package.json": packageJson({}),
      "src/index.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx esbuild src/index.js --bundle --outfile=out.js",
    reason: ['Could not resolve "./missing.js"'],
  },
  {
    name: "webpack",
    files: {
      "package.json": packageJson({}),
      "src/index.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx webpack --mode production",
    reason: ["Can't resolve './missing.js'"],
  },
  {
    name: "vite",
    files: {
      "package.json": packageJson({}),
      "index.html": '<script type="module" src="/src/main.js"></script>',
      "src/main.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx vite build",
    reason: ["./missing.js"],
  },
  {
    name: "node-module-not-found",
    files: { "package.json": packageJson({}), "index.js": 'import "express";\n' },
    run: "node index.js",
    reason: ["Cannot find package 'express'"],
  },
  {
    name: "node-unhandled",
    files: {
      "package.json": packageJson({}),
      "index.js": `for (let i = 0; i < 200; i++) console.log("row", i);\nasync function load() { throw new Error("rates.json has no EUR"); }\nload();\n`,
    },
    run: "node index.js",
    reason: ["rates.json has no EUR"],
  },
  {
    name: "node-heap",
    files: {
      "package.json": packageJson({}),
      "index.js": "const a = [];\nfor (;;) a.push(new Array(1000).fill(1.5));\n",
    },
    run: "node --max-old-space-size=20 index.js",
    reason: ["heap out of memory"],
  },
];
