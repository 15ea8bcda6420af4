import { type FailingStep, each } from "./case.ts";

/** Tools that need more than a machine alone: their output is written by us, in their form. */
export const writtenCases: readonly FailingStep[] = [
  {
    name: "docker-build",
    output: `${each(12, (index) => `#${index} [internal] load layer ${index}\n#${index} DONE 0.${index}s`)}
#14 [build 4/6] RUN npm ci
#14 0.612 npm warn deprecated inflight@1.0.6: This module is not supported
#14 9.871 npm error code EUSAGE
#14 9.873 npm error
#14 9.873 npm error \`npm ci\` can only install packages when your package.json and package-lock.json are in sync.
#14 9.874 npm error Missing: left-pad@1.3.0 from lock file
#14 9.881 npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
#14 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
 > [build 4/6] RUN npm ci:
9.873 npm error Missing: left-pad@1.3.0 from lock file
9.881 npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
------
Dockerfile:9
--------------------
   7 |     WORKDIR /app
   8 |     COPY package*.json ./
   9 | >>> RUN npm ci
  10 |     COPY . .
--------------------
ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1`,
    reason: ["Missing: left-pad@1.3.0 from lock file"],
  },
  {
    name: "docker-copy",
    output: `${each(20, (index) => `#${index} [stage ${index}/21] RUN echo ${index}\n#${index} CACHED`)}
#21 [stage 21/21] COPY dist/ /srv/
#21 ERROR: failed to calculate checksum of ref abc::def: "/dist": not found
------
 > [stage 21/21] COPY dist/ /srv/:
------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/dist": not found`,
    reason: ['"/dist": not found'],
  },
  {
    name: "docker-pull",
    output: `Unable to find image 'ghcr.io/acme/tool:v9' locally\ndocker: Error response from daemon: manifest unknown.\n\nRun 'docker run --help' for more information`,
    reason: ["manifest unknown"],
  },
  {
    name: "terraform-plan",
    output: `${each(80, (index) => `aws_instance.web[${index}]: Refreshing state... [id=i-0${index}]`)}
╷
│ Error: creating S3 Bucket (acme-logs): BucketAlreadyExists
│ 
│   with aws_s3_bucket.logs,
│   on main.tf line 12, in resource "aws_s3_bucket" "logs":
│   12: resource "aws_s3_bucket" "logs" {
│ 
╵
Releasing state lock. This may take a few moments...`,
    reason: ["BucketAlreadyExists"],
  },
  {
    name: "gradle",
    output: `${each(60, (index) => `> Task :lib${index}:compileJava UP-TO-DATE`)}
> Task :app:compileKotlin FAILED
e: file:///home/runner/work/demo/demo/app/src/main/kotlin/App.kt:12:9 Unresolved reference 'totl'.

FAILURE: Build failed with an exception.

* What went wrong:
Execution failed for task ':app:compileKotlin'.
> A failure occurred while executing org.jetbrains.kotlin.compilerRunner.GradleCompilerRunnerWithWorkers$GradleKotlinCompilerWorkAction
   > Compilation error. See log for more details

* Try:
> Run with --stacktrace option to get the stack trace.
> Run with --info or --debug option to get more log output.

BUILD FAILED in 41s
61 actionable tasks: 1 executed, 60 up-to-date`,
    reason: ["Unresolved reference 'totl'"],
  },
  {
    name: "dotnet-build",
    output: `  Determining projects to restore...
${each(30, (index) => `  Lib${index} -> /home/runner/work/demo/demo/Lib${index}/bin/Release/net9.0/Lib${index}.dll`)}
/home/runner/work/demo/demo/App/Program.cs(7,13): error CS0103: The name 'totl' does not exist in the current context [/home/runner/work/demo/demo/App/App.csproj]

Build FAILED.

/home/runner/work/demo/demo/App/Program.cs(7,13): error CS0103: The name 'totl' does not exist in the current context [/home/runner/work/demo/demo/App/App.csproj]
    0 Warning(s)
    1 Error(s)

Time Elapsed 00:00:12.31`,
    reason: ["error CS0103: The name 'totl' does not exist"],
  },
  {
    name: "flutter-analyze",
    output: `Resolving dependencies...
${each(90, (index) => `  package_${index} 1.0.${index} (2.0.0 available)`)}
Got dependencies!
Analyzing demo...

   info • Use 'const' with the constructor to improve performance • lib/a.dart:3:5 • prefer_const_constructors
  error • Undefined name 'totl' • lib/sum.dart:12:10 • undefined_identifier

2 issues found. (ran in 4.1s)`,
    reason: ["Undefined name 'totl'"],
  },
  {
    name: "helm",
    output: `${each(30, (index) => `client.go:${index}: [debug] checking ${index} resources for changes`)}
Error: UPGRADE FAILED: context deadline exceeded
helm.go:84: [debug] context deadline exceeded
UPGRADE FAILED`,
    reason: ["Error: UPGRADE FAILED: context deadline exceeded"],
  },
  {
    name: "kubectl-rollout",
    output: `deployment.apps/web configured
${each(40, (index) => `Waiting for deployment "web" rollout to finish: ${index % 3} of 3 updated replicas are available...`)}
error: deployment "web" exceeded its progress deadline`,
    reason: ["exceeded its progress deadline"],
  },
  {
    name: "ruff",
    output: `F401 [*] \`os\` imported but unused
 --> src/app.py:1:8
  |
1 | import os
  |        ^^
  |
help: Remove unused import: \`os\`

Found 1 error.
[*] 1 fixable with the \`--fix\` option.`,
    reason: ["`os` imported but unused", "src/app.py:1:8"],
  },
  {
    name: "spring-context",
    output: `${each(150, (index) => `2026-11-20 10:00:01.${String(index).padStart(3, "0")}  INFO 1 --- [main] com.acme.App : bean ${index} ready`)}
2026-11-20 10:00:02.000 ERROR 1 --- [main] o.s.b.SpringApplication : Application run failed

org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'mailer'
	at org.springframework.beans.factory.support.A.create(A.java:1)
	at org.springframework.beans.factory.support.A.get(A.java:2)
Caused by: java.lang.IllegalArgumentException: mail.host must not be empty
	at com.acme.Mailer.<init>(Mailer.java:14)
	... 24 more
${each(60, (index) => `2026-11-20 10:00:03.${String(index).padStart(3, "0")}  INFO 1 --- [main] com.acme.App : closing ${index}`)}`,
    reason: ["mail.host must not be empty"],
  },
  {
    name: "swiftlint-strict",
    output: `${each(40, (index) => `Linting 'Source${index}.swift' (${index}/80)`)}
/Users/runner/work/demo/demo/Sources/Sum.swift:88:42: warning: Colon Violation: Colons should be next to the identifier (colon)
/Users/runner/work/demo/demo/Sources/Sum.swift:43:1: warning: Trailing Whitespace Violation: Lines should not have trailing whitespace. (trailing_whitespace)
${each(40, (index) => `Linting 'Source${40 + index}.swift' (${40 + index}/80)`)}
Done linting! Found 2 violations, 0 serious in 80 files.`,
    reason: ["Colon Violation", "Trailing Whitespace Violation"],
  },
  {
    name: "stack-werror",
    output: `${each(60, (index) => `demo> [${index} of 61] Compiling Demo.Part${index}`)}
demo> [61 of 61] Compiling Demo.Types
demo> 
demo> /home/runner/work/demo/demo/src/Demo/Types.hs:40:1: error: [-Wunused-imports, -Werror=unused-imports]
demo>     The import of ‘!!’ from module ‘Data.List’ is redundant
demo>    |
demo> 40 | import Data.List (transpose, (!!))
demo>    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
demo> 
--  While building package demo-0.13.3 using:
      /home/runner/.stack/setup-exe-cache/x86_64-linux/Cabal-simple_3.10 --builddir=.stack-work/dist build lib:demo
    Process exited with code: ExitFailure 1`,
    reason: ["Types.hs:40:1: error:", "The import of ‘!!’ from module ‘Data.List’ is redundant"],
  },
  {
    name: "prettier-list-different",
    output: `yarn run v1.22.22
$ eslint --ext .js src
Done in 3.59s.
yarn run v1.22.22
$ /home/runner/work/demo/demo/node_modules/.bin/prettier --list-different 'src/**/*.js'
src/routes/about.js
error Command failed with exit code 1.
info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.
SUMMARY: (done in 117.76 seconds)
${each(20, (index) => `✔️  lint-${index}`)}
🥊  prettier`,
    reason: ["src/routes/about.js"],
  },
  {
    name: "tasty",
    output: `${each(80, (index) => `        invalid escape ${index}, error is shown:                 OK`)}
      tables:                                                        FAIL (0.06s)
        --- tables.expected
        +++ demo tables.native
        + 29 </table>
        - 29 </table
${each(80, (index) => `        unknown option ${index}:                                 OK (0.01s)`)}

1 out of 161 tests failed (45.46s)`,
    reason: ["tables: ", "+ 29 </table>"],
  },
  {
    name: "common-test",
    output: `${each(50, (index) => `20:50:${String(index).padStart(2, "0")}.530 [info] Closing session of user ${index}: Stream reset by peer: timed out`)}
- - - - - - - - - - - - - - - - - - - - - - - - - -
sum_SUITE:adds failed on line 535
Reason: timetrap_timeout
- - - - - - - - - - - - - - - - - - - - - - - - - -
${each(50, (index) => `20:51:${String(index).padStart(2, "0")}.530 [info] Cannot resume session of user ${index}: timed out`)}
Testing demo: TEST COMPLETE, 1082 ok, 1 failed of 1083 test cases
ERROR: One or more tests failed`,
    reason: ["sum_SUITE:adds failed on line 535", "timetrap_timeout"],
  },
  {
    name: "asan-in-tests",
    output: `${each(60, (index) => `[ RUN      ] command validation error ${index}: fails with specific error: ${index}.82 ms OK`)}
= =================================================================
= ==16563==ERROR: AddressSanitizer: SEGV on unknown address 0x000001d548d0 (pc 0x000000455084 T0)
=     #0 0x1066974 in xfree src/memory.c:119:3
=     #1 0x12c54b8 in free_option src/option.c:2306:5
= SUMMARY: AddressSanitizer: SEGV src/memory.c:119:3 in xfree
${each(60, (index) => `[ RUN      ] eval error ${index}: returns error details: ${index}.80 ms OK`)}
[  ERROR   ] 1 error, listed below:
[  ERROR   ] test/helpers.lua @ 860: after_each`,
    reason: ["AddressSanitizer: SEGV on unknown address", "test/helpers.lua @ 860"],
  },
  {
    name: "protolint",
    output: `${each(60, (index) => `checking proto/v1/part${index}.proto`)}
[proto/v1/pet.proto:11:5] Found an incorrect indentation style "    ". "  " is correct.
${each(30, (index) => `checking proto/v2/part${index}.proto`)}`,
    reason: ["Found an incorrect indentation style"],
  },
  {
    name: "buf-lint",
    output: `${each(60, (index) => `reading proto/part${index}.proto`)}
google/type/datetime.proto:17:1:Package name "google.type" should be suffixed with a version, such as "google.type.v1".
${each(30, (index) => `reading proto/more${index}.proto`)}`,
    reason: ['Package name "google.type" should be suffixed'],
  },
];
