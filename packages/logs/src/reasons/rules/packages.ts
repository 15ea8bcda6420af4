import type { Rule } from "../rule.ts";

/** Package managers. */
export const packageManagers: readonly Rule[] = [
  {
    owner: "npm",
    strength: "cause",
    before: 0,
    after: 3,
    continues: true,
    pattern: [{ regexp: "^npm (?:ERR!|error) code (E(?!LIFECYCLE)\\w+)$", code: 1 }],
    needs: "npm ",
    example: "npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree",
  },
  {
    owner: "npm",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "npm ",
    pattern: [{ regexp: "^npm (?:ERR!|error) (\\S.*)$", message: 1 }],
    example: 'npm error Missing script: "tset"',
  },
  {
    owner: "pnpm",
    strength: "cause",
    before: 0,
    after: 4,
    needs: "ERR_PNPM",
    pattern: [{ regexp: "(?:^|\\s)\\[?(ERR_PNPM_\\w+)\\]?:?\\s+(.*)$", code: 1, message: 2 }],
    example:
      ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date',
  },
  {
    owner: "yarn",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "➤ YN",
    pattern: [
      {
        regexp:
          "^➤ (YN(?!0000|000[2-8]|0013|0019|0032|0057|006[0-3]|006[89]|0076|008[5-7])\\d{4}): (?:│ |· )?(.*)$",
        code: 1,
        message: 2,
      },
    ],
    example:
      "➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.",
  },
  {
    owner: "yarn",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "error ",
    pattern: [
      {
        regexp:
          "^error (?:An unexpected error occurred: |Couldn't find |Your lockfile |\\S+@\\S+: |Command \")(.*)$",
        message: 1,
      },
    ],
    example: "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.",
  },
  {
    owner: "bun",
    strength: "cause",
    before: 0,
    after: 2,
    needs: "error: ",
    pattern: [
      {
        regexp:
          "^error: ((?:lockfile|No version|Cannot find|Could not|Module not found|Script not found|GET |package).*)$",
        message: 1,
      },
    ],
    example: "error: lockfile had changes, but lockfile is frozen",
  },
  {
    owner: "pip",
    strength: "cause",
    before: 0,
    after: 3,
    pattern: [
      {
        regexp:
          "^\\s*(?:ERROR|error): (Could not (?:find|install|build|open).*|No matching distribution.*|Cannot install.*|ResolutionImpossible.*|Invalid requirement.*|Package '.*' requires.*|Failed building wheel.*|Failed to build.*|.*requires Python.*|Hash.*|THESE PACKAGES.*)$",
        message: 1,
      },
    ],
    example: "ERROR: No matching distribution found for nope==9.9",
  },
  {
    owner: "pip",
    strength: "failure",
    yields: "to-later",
    before: 0,
    after: 6,
    framed: true,
    needs: "did not run successfully",
    pattern: [{ regexp: "^\\s*× (.+ did not run successfully)\\.?$", message: 1 }],
    example: "  × Building wheel for demo (pyproject.toml) did not run successfully.",
  },
  {
    // What the build backend said comes after it.
    owner: "uv",
    strength: "cause",
    yields: "always",
    before: 0,
    after: 12,
    framed: true,
    needs: "× Failed to ",
    pattern: [{ regexp: "^\\s*× (Failed to (?:download and )?build .*)$", message: 1 }],
    example: "  × Failed to build `demo @ file:///app`\n  ├─▶ The build backend returned an error",
  },
  {
    owner: "uv",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "× ",
    pattern: [
      {
        regexp: "^\\s*× ((?:No solution|Failed|Because|Distribution|Querying|Building|Could).*)$",
        message: 1,
      },
    ],
    example:
      "  × No solution found when resolving dependencies:\n  ╰─▶ Because nope was not found in the package registry",
  },
  {
    owner: "pubgrub",
    strength: "cause",
    before: 1,
    after: 3,
    pattern: [
      {
        regexp:
          "^(?:(?:And b|B)ecause .{1,300} (?:depends|requires|is forbidden|doesn't exist).*|The current Dart SDK version is .*|.*version solving failed\\.|pyproject\\.toml changed significantly.*|Error: poetry\\.lock.*)$",
      },
    ],
    example:
      "Because demo depends on nope (9.9) which doesn't match any versions, version solving failed.",
  },
  {
    owner: "cargo",
    strength: "cause",
    before: 0,
    after: 6,
    needs: "error: ",
    pattern: [
      {
        regexp:
          "^error: ((?:failed to (?:select|parse|get|load|resolve|download|fetch)|no matching package|the lock file|package `|unable to|cannot).*)$",
        message: 1,
      },
    ],
    example: 'error: failed to select a version for the requirement `serde = "^9"`',
  },
  {
    owner: "bundler",
    strength: "cause",
    before: 0,
    after: 4,
    pattern: [
      {
        regexp:
          "^(?:Could not find (?:gem|compatible versions).*|Bundler (?:could not|cannot).*|Your bundle (?:is locked|only supports).*|Your Ruby version is.*|An error occurred while installing (\\S+).*|ERROR: {2}(?:While executing gem|Could not find).*|The gemspec .*)$",
      },
    ],
    example:
      "Could not find gem 'nope' in rubygems repository https://rubygems.org/ or installed locally.",
  },
  {
    owner: "composer",
    strength: "cause",
    before: 1,
    after: 5,
    pattern: [
      {
        regexp:
          "^\\s*(?:Your requirements could not be resolved.*|Problem \\d+$|- Root composer\\.json requires .*|Your lock file does not contain.*)$",
      },
    ],
    example:
      "Your requirements could not be resolved to an installable set of packages.\n\n  Problem 1",
  },
  {
    owner: "apt",
    strength: "cause",
    yields: "to-later",
    before: 1,
    after: 1,
    needs: "E: ",
    pattern: [{ regexp: "^E: (.+)$", message: 1 }],
    example: "E: Unable to locate package nope",
  },
  {
    owner: "apt",
    strength: "failure",
    before: 1,
    after: 1,
    pattern: [
      {
        regexp:
          "^(?:Err:\\d+ .+|dpkg: error .+|\\s*404 {2}Not Found .*|W: Failed to fetch .*|The following packages have unmet dependencies:)$",
      },
    ],
    example: "Err:7 http://archive.example.com/ubuntu noble/main amd64 nope amd64 1.0",
  },
  {
    owner: "brew",
    strength: "cause",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "^Error: ((?:No (?:available|formulae|such)|Cannot install|The `brew|\\S+: (?:no bottle|SHA256)).*)$",
        message: 1,
      },
    ],
    example: 'Error: No available formula with the name "nope".',
  },
  {
    owner: "cocoapods",
    strength: "cause",
    before: 0,
    after: 3,
    needs: "[!]",
    pattern: [{ regexp: "^\\[!\\] (.+)$", message: 1 }],
    example: '[!] CocoaPods could not find compatible versions for pod "Nope":',
  },
  {
    owner: "nuget",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "NU",
    pattern: [{ regexp: "error (NU\\d{4}): (.*)$", code: 1, message: 2 }],
    example: "/src/Demo.csproj : error NU1101: Unable to find package Nope.",
  },
  {
    owner: "conda",
    strength: "cause",
    before: 0,
    after: 4,
    pattern: [
      {
        regexp:
          "^((?:PackagesNotFound|Unsatisfiable|CondaHTTP|CondaValue|ResolvePackageNotFound|EnvironmentNotWritable|CondaVerification)Error: .*|ResolvePackageNotFound:.*|LibMambaUnsatisfiableError.*|critical libmamba .*)$",
        message: 1,
      },
    ],
    example:
      "PackagesNotFoundError: The following packages are not available from current channels:",
  },
];
