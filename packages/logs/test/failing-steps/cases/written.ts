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
  {
    name: "maven-test",
    output: `${each(120, (index) => `[INFO] Downloading from central: https://repo.maven.apache.org/maven2/org/demo/part${index}/1.0/part${index}-1.0.pom`)}
[INFO] -------------------------------------------------------
[INFO]  T E S T S
[INFO] -------------------------------------------------------
[INFO] Running com.acme.SumTest
[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.034 s <<< FAILURE! -- in com.acme.SumTest
[ERROR] com.acme.SumTest.adds -- Time elapsed: 0.009 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <4> but was: <3>
	at org.junit.jupiter.api.AssertionFailureBuilder.build(AssertionFailureBuilder.java:151)
	at com.acme.SumTest.adds(SumTest.java:12)
	at java.base/java.lang.reflect.Method.invoke(Method.java:580)
[INFO] Running com.acme.OtherTest
[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.5 s -- in com.acme.OtherTest
[INFO] Results:
[ERROR] Failures: 
[ERROR]   SumTest.adds:12 expected: <4> but was: <3>
[ERROR] Tests run: 11, Failures: 1, Errors: 0, Skipped: 0
[INFO] ------------------------------------------------------------------------
[INFO] Reactor Summary for demo 1.0:
${each(20, (index) => `[INFO] demo-part-${index} ....................................... SUCCESS [  0.${index} s]`)}
[INFO] BUILD FAILURE
[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.2.5:test (default-test) on project demo: There are test failures.
[ERROR] 
[ERROR] See /home/runner/work/demo/demo/target/surefire-reports for the individual test results.
[ERROR] -> [Help 1]`,
    reason: ["expected: <4> but was: <3>", "com.acme.SumTest.adds"],
  },
  {
    name: "maven-compile",
    output: `${each(60, (index) => `[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/demo/part${index}-1.0.jar (12 kB at 1.0 MB/s)`)}
[INFO] --- compiler:3.13.0:compile (default-compile) @ demo ---
[INFO] Compiling 14 source files with javac [debug release 21] to target/classes
[INFO] -------------------------------------------------------------
[ERROR] COMPILATION ERROR : 
[INFO] -------------------------------------------------------------
[ERROR] /home/runner/work/demo/demo/src/main/java/com/acme/Sum.java:[7,16] cannot find symbol
  symbol:   variable totl
  location: class com.acme.Sum
[INFO] 1 error
[INFO] BUILD FAILURE
[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project demo: Compilation failure
[ERROR] /home/runner/work/demo/demo/src/main/java/com/acme/Sum.java:[7,16] cannot find symbol
[ERROR]   symbol:   variable totl
[ERROR]   location: class com.acme.Sum
[ERROR] 
[ERROR] -> [Help 1]
[ERROR] 
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
[ERROR] Re-run Maven using the -X switch to enable full debug logging.`,
    reason: ["Sum.java:[7,16] cannot find symbol", "symbol:   variable totl"],
  },
  {
    name: "maven-dependency",
    output: `${each(60, (index) => `[INFO] Downloading from central: https://repo.maven.apache.org/maven2/org/demo/part${index}-1.0.jar`)}
[WARNING] The POM for com.acme:mailer:jar:9.9 is missing, no dependency information available
[INFO] BUILD FAILURE
[INFO] ------------------------------------------------------------------------
[INFO] Total time:  3.812 s
[ERROR] Failed to execute goal on project demo: Could not resolve dependencies for project com.acme:demo:jar:1.0: Could not find artifact com.acme:mailer:jar:9.9 in central (https://repo.maven.apache.org/maven2) -> [Help 1]
[ERROR] 
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/DependencyResolutionException`,
    reason: ["Could not find artifact com.acme:mailer:jar:9.9"],
  },
  {
    name: "maven-enforcer",
    output: `${each(40, (index) => `[INFO] Scanning part ${index}`)}
[INFO] --- enforcer:3.5.0:enforce (enforce-java) @ demo ---
[ERROR] Rule 0: org.apache.maven.enforcer.rules.version.RequireJavaVersion failed with message:
Detected JDK version 11.0.25 (JAVA_HOME=/opt/hostedtoolcache/Java/11) is not in the allowed range [17,).
[INFO] BUILD FAILURE
[ERROR] Failed to execute goal org.apache.maven.plugins:maven-enforcer-plugin:3.5.0:enforce (enforce-java) on project demo: 
[ERROR] Rule 0: org.apache.maven.enforcer.rules.version.RequireJavaVersion failed with message:
[ERROR] Detected JDK version 11.0.25 is not in the allowed range [17,).
[ERROR] -> [Help 1]`,
    reason: ["Detected JDK version 11.0.25"],
  },
  {
    name: "yarn-integrity",
    output: `yarn install v1.22.22
[1/4] Resolving packages...
[2/4] Fetching packages...
${each(30, (index) => `warning part-${index} > inflight@1.0.${index}: This module is not supported`)}
error https://registry.yarnpkg.com/left-pad/-/left-pad-1.3.0.tgz: Integrity check failed for "left-pad" (computed integrity doesn't match our records, got "sha512-abc")
info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.`,
    reason: ['Integrity check failed for "left-pad"'],
  },
  {
    name: "yarn-network",
    output: `yarn install v1.22.22
[1/4] Resolving packages...
info There appears to be trouble with your network connection. Retrying...
info There appears to be trouble with your network connection. Retrying...
error An unexpected error occurred: "https://registry.yarnpkg.com/left-pad: ETIMEDOUT".
info If you think this is a bug, please open a bug report with the information provided in "/home/runner/work/demo/demo/yarn-error.log".
info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.
${each(30, (index) => `cleaning up ${index}`)}`,
    reason: ["left-pad: ETIMEDOUT"],
  },
  {
    name: "yarn-engine",
    output: `yarn install v1.22.22
[1/5] Validating package.json...
[2/5] Resolving packages...
[3/5] Fetching packages...
error camelcase@9.0.0: The engine "node" is incompatible with this module. Expected version ">=20". Got "18.20.4"
error Found incompatible module.
info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.
${each(30, (index) => `cleaning up ${index}`)}`,
    reason: ['The engine "node" is incompatible with this module'],
  },
  {
    name: "yarn-frozen-lockfile",
    output: `yarn install v1.22.22
[1/4] Resolving packages...
${each(30, (index) => `warning Resolution field "part-${index}@1.0.0" is incompatible with requested version`)}
error Your lockfile needs to be updated, but yarn was run with \`--frozen-lockfile\`.
info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.`,
    reason: ["Your lockfile needs to be updated"],
  },
  {
    name: "yarn-berry",
    output: `➤ YN0000: · Yarn 4.5.1
➤ YN0000: ┌ Resolution step
${each(40, (index) => `➤ YN0086: │ Some peer dependencies of part ${index} are incorrectly met by your project`)}
➤ YN0000: ├ Post-resolution validation
➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.
➤ YN0000: └ Completed
➤ YN0000: · Failed with errors in 0s 220ms`,
    reason: ["YN0028: │ The lockfile would have been modified"],
  },
  {
    name: "kubernetes-runner-pod",
    output: `(node:1418) [DEP0005] DeprecationWarning: Buffer() is deprecated due to security and usability issues.
(Use \`node --trace-deprecation ...\` to show where the warning was created)
${each(30, (index) => `waiting for pod ${index}`)}
##[error]Error: pod failed to come online with error: Error: Pod linux-amd64-runner-dpmc8-workflow is unhealthy with phase status Failed: {}
##[error]Process completed with exit code 1.
##[error]Executing the custom container implementation failed. Please contact your self hosted runner administrator.`,
    reason: ["pod failed to come online with error"],
  },
  {
    name: "pnpm-12-outdated-lockfile",
    output: `${each(20, (index) => `fetching part ${index}`)}
Error: ERR_PNPM_OUTDATED_LOCKFILE

  × installing dependencies
  ╰─▶ Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up
      to date with package.json.
      
        Failure reason:
        specifiers in the lockfile don't match specifiers in package.json:
      * in importers["."]:
      * 1 dependency was added: left-pad@1.3.0
  help: Regenerate the lockfile with \`pnpm install --lockfile-only\` so that
        pnpm-lock.yaml reflects the current package.json, then re-run \`pnpm
        install --frozen-lockfile\`.`,
    reason: ["ERR_PNPM_OUTDATED_LOCKFILE", "1 dependency was added: left-pad@1.3.0"],
  },
  {
    name: "generated-files",
    output: `${each(40, (index) => `generated part ${index}`)}
Generated files are not up to date; run make generate and commit the result.
${each(40, (index) => `cleaned part ${index}`)}`,
    reason: ["Generated files are not up to date"],
  },
  {
    name: "no-tests",
    output: `${each(40, (index) => `compiled part ${index}`)}
No tests found, exiting with code 1
Run with \`--passWithNoTests\` to exit with code 0
${each(40, (index) => `cleaned part ${index}`)}`,
    reason: ["No tests found"],
  },
  {
    name: "pull-rate-limit",
    output: `${each(40, (index) => `pulled layer ${index}`)}
toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading.
${each(40, (index) => `cleaned layer ${index}`)}`,
    reason: ["You have reached your pull rate limit"],
  },
  {
    name: "warning-alone",
    output: `${each(40, (index) => `checked part ${index}`)}
Warning: the schema of part 12 has changes
${each(40, (index) => `cleaned part ${index}`)}`,
    reason: ["the schema of part 12 has changes"],
  },
];
