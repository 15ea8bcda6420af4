import type { Rule } from "../rule.ts";

/** Git, networks, containers, clouds, and GitHub's own actions. */
export const infrastructure: readonly Rule[] = [
  {
    owner: "android",
    strength: "cause",
    before: 0,
    after: 1,
    needs: "error occurred while preparing SDK package",
    pattern: [{ regexp: "(An error occurred while preparing SDK package .+)$", message: 1 }],
    example:
      "Warning: An error occurred while preparing SDK package Android SDK Platform 34: Connection reset.",
  },
  {
    owner: "ansible",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "^(?:fatal|failed): \\[([^\\]]+)\\]: (?:FAILED|UNREACHABLE)! => (.*)$|^ERROR! (.*)$",
        message: 2,
      },
    ],
    example:
      'fatal: [web1]: FAILED! => {"changed": false, "msg": "No package matching \'nope\' found"}',
  },
  {
    owner: "git",
    strength: "cause",
    yields: "to-later",
    before: 1,
    after: 2,
    needs: "fatal: ",
    pattern: [{ regexp: "^(?:\\S+ )?fatal: (.+)$", message: 1 }],
    example: "fatal: couldn't find remote ref refs/heads/nope",
  },
  {
    owner: "git",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "^\\s*! \\[(?:remote )?rejected\\] .*|^CONFLICT \\(.+\\): .*|^error: (?:failed to push|could not apply|pathspec|Your local changes|patch failed|cannot lock ref|unable to|RPC failed|src refspec).*|^remote: (?:error|fatal|Permission|Repository not found|Support for password|.*denied).*|^remote rejected.*|^Automatic merge failed.*",
      },
    ],
    example: " ! [rejected]        main -> main (fetch first)",
  },
  {
    owner: "curl",
    strength: "cause",
    before: 1,
    after: 0,
    needs: "curl: (",
    pattern: [{ regexp: "curl: \\((\\d+)\\) (.*)$", code: 1, message: 2 }],
    example: "curl: (22) The requested URL returned error: 404",
  },
  {
    owner: "wget",
    strength: "cause",
    before: 1,
    after: 0,
    pattern: [{ regexp: "ERROR \\d{3}: .*|^wget: (.*)$", message: 1 }],
    example: "2026-11-20 10:00:00 ERROR 404: Not Found.",
  },
  {
    owner: "aws",
    strength: "cause",
    before: 1,
    after: 1,
    needs: "is not authorized to perform: ",
    pattern: [
      {
        regexp: "\\b((?:User|Role|arn): ?\\S+ is not authorized to perform: (\\S+).*)$",
        message: 1,
        code: 2,
      },
    ],
    example:
      "User: arn:aws:sts::1:assumed-role/ci/job is not authorized to perform: s3:PutObject on resource: x",
  },
  {
    owner: "http",
    strength: "failure",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "\\b(?:HTTP(?:/[\\d.]+)?|status(?: code)?|response code|returned error)[ :=(]*(?:4\\d\\d|5\\d\\d)\\b|\\b(?:40[0134579]|41[03]|422|429|50[0234]) (?:Unauthorized|Forbidden|Not Found|Bad Request|Conflict|Gone|Unprocessable|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?[Oo]ut)|\\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EPIPE|EADDRINUSE|ENOENT|EACCES|EPERM|ENOSPC|ENOMEM|EMFILE)\\b|Connection (?:refused|reset|timed out)|Could not resolve host|Temporary failure in name resolution|certificate (?:verify failed|has expired|signed by unknown)|TLS handshake|no route to host|i/o timeout",
      },
    ],
    example:
      'Error response from daemon: Get "https://registry.example.com/v2/": dial tcp: i/o timeout',
  },
  {
    owner: "ssh",
    strength: "cause",
    before: 0,
    after: 1,
    pattern: [
      {
        regexp:
          "Permission denied \\((?:publickey|password).*|Host key verification failed|^ssh: (?:connect|Could not).*|^rsync(?: error)?: .*|^Load key .*: ",
      },
    ],
    example: "git@github.com: Permission denied (publickey).",
  },
  {
    // What the command has said stands below it once more.
    owner: "docker-build",
    strength: "failure",
    yields: "always",
    before: 0,
    after: 8,
    needs: "> [",
    pattern: [
      {
        regexp: "^\\s*> \\[(.{1,60} \\d+/\\d+)\\] (?:RUN|COPY|ADD|FROM|WORKDIR)\\b(.*)$",
        message: 2,
      },
    ],
    example: "------\n > [build 4/5] RUN npm ci:\n0.512 npm error code EUSAGE\n------",
  },
  {
    owner: "docker-build",
    strength: "cause",
    before: 3,
    after: 4,
    needs: "ERROR: ",
    pattern: [
      {
        regexp:
          "^(?:#\\d+ )?ERROR: (?!failed to (?:solve|build): process|process ).*(?:failed to (?:solve|compute|read|calculate|resolve|copy|do request)|pull access denied|not found|denied|unauthorized|manifest).*$|^(?:Dockerfile:\\d+)$|^ERROR: failed to (?:solve|build)(?!.*(?:did not complete successfully|exit code)): (.*)$",
        message: 1,
      },
    ],
    example:
      'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref: "/nope": not found',
  },
  {
    owner: "docker",
    strength: "cause",
    yields: "to-later",
    before: 0,
    after: 2,
    pattern: [
      {
        regexp:
          "^(?:docker: )?Error response from daemon: (.*)$|^Error: (?:No such (?:container|image|object)|pull access).*|^Cannot connect to the Docker daemon.*|^(?:toomanyrequests|denied|unauthorized|no matching manifest).*|^(?:dependency failed to start|container .{1,100} (?:is unhealthy|exited)|service .{1,100} (?:failed|didn't complete)).*|^no configuration file provided.*|OCI runtime create failed.*|exec format error",
        message: 1,
      },
    ],
    example: "Error response from daemon: pull access denied for nope, repository does not exist",
  },
  {
    owner: "kubectl",
    strength: "cause",
    before: 1,
    after: 1,
    pattern: [
      {
        regexp:
          '^Error from server(?: \\((\\w+)\\))?: (.*)$|^error: (?:unable to recognize|the server|no matching resources|timed out waiting|error validating|exceeded its progress deadline|You must be logged in|context|deployment).*|^The (?:\\S+ )"[^"]*" is invalid: .*|^(?:Back-off|CrashLoopBackOff|ImagePullBackOff|ErrImagePull|OOMKilled|FailedScheduling)\\b.*',
        code: 1,
        message: 2,
      },
    ],
    example: 'Error from server (NotFound): deployments.apps "demo" not found',
  },
  {
    owner: "helm",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "^Error: ((?:INSTALLATION|UPGRADE|ROLLBACK|UNINSTALL) FAILED: .*|template: .*|execution error at .*|chart .*|parse error at .*|\\d+ chart\\(s\\) linted, .*failed.*|failed to download .*)$|^\\[ERROR\\] (?:templates/|Chart\\.yaml|values).*",
        message: 1,
      },
    ],
    example: "Error: UPGRADE FAILED: timed out waiting for the condition",
  },
  {
    owner: "aws",
    strength: "cause",
    before: 1,
    after: 1,
    needs: "An error occurred",
    pattern: [
      {
        regexp: "An error occurred \\((\\w+)\\) when calling the (\\w+) operation.*?: (.*)$",
        code: 1,
        message: 3,
      },
    ],
    example: "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
  },
  {
    owner: "gcloud",
    strength: "failure",
    before: 0,
    after: 2,
    needs: "(gcloud",
    pattern: [{ regexp: "ERROR: \\((gcloud[\\w.-]*)\\) (.*)$", code: 1, message: 2 }],
    example: "ERROR: (gcloud.run.deploy) PERMISSION_DENIED: The caller does not have permission",
  },
  {
    owner: "cloud",
    strength: "cause",
    before: 0,
    after: 3,
    pattern: [
      {
        regexp:
          "^(?:ERROR: \\(\\w+\\) .*|\\w+ \\| (?:CREATE|UPDATE|DELETE)_FAILED .*|.*\\b(?:CREATE_FAILED|UPDATE_FAILED|ROLLBACK_IN_PROGRESS)\\b.*|.*(?:AuthorizationFailed|QuotaExceeded|InvalidTemplate|ValidationError when calling).*)$",
      },
    ],
    needs: "_FAILED",
    example: "demo | 3/9 | 10:00:01 | CREATE_FAILED | AWS::S3::Bucket | Bucket already exists",
  },
  {
    owner: "action",
    strength: "cause",
    before: 1,
    after: 2,
    pattern: [
      {
        regexp:
          "^(?:Error: )?(?:Can't find 'action\\.yml'.*|Unable to resolve action .*|Input required and not supplied: .*|Resource not accessible by integration.*|Unable to find any artifacts? .*|Artifact not found .*|No files were found with the provided path.*|This request has been automatically failed because .*|Missing download info for actions.*|The template is not valid.*|.* \\(Line: \\d+, Col: \\d+\\): .*|Unable to process file command .*|Version .{1,60} (?:was not found|not found|with arch).*|Dependencies lock file is not found.*|Some specified paths were not resolved.*|Cache service responded with .*|HttpError: .*|Unexpected input\\(s\\) .*|Unexpected HTTP response: \\d+.*|Credentials could not be loaded.*|Could not assume role.*|Not authorized to perform.*|No package found .*|Branch .{1,100} not found.*|Failed to (?:CreateArtifact|FinalizeArtifact|ListArtifacts|restore|save).*|.* is not a valid semver.*)$",
      },
    ],
    example: "Error: Input required and not supplied: token",
  },
  {
    owner: "runner",
    strength: "cause",
    before: 2,
    after: 1,
    pattern: [
      {
        regexp:
          "^(?:The runner has received a shutdown signal.*|The self-hosted runner.* lost communication.*|The hosted runner.* lost communication.*|The action .{1,200} has timed out after .*|The job (?:running on runner .* )?has exceeded the maximum execution time.*|No space left on device.*|System\\.IO\\.IOException: No space left.*|The job was not (?:started|acquired).*|Received request to deprovision.*|Evaluation of .* failed.*|The step failed .*)$",
      },
    ],
    example: "The action 'Run tests' has timed out after 5 minutes.",
  },
  {
    owner: "dependabot",
    strength: "cause",
    before: 2,
    after: 4,
    pattern: [
      {
        regexp:
          "^\\|(?: +([^\\s|]+) +\\|)? +([a-z_]+_(?:not_[a-z]+|exists_for_[a-z_]+|error|failure|ignored|conflict)) +\\|",
        file: 1,
        message: 2,
      },
    ],
    example: "| lodash | pull_request_exists_for_latest_version |",
  },
  {
    owner: "security",
    strength: "cause",
    before: 0,
    after: 8,
    framed: true,
    needs: "│ ",
    pattern: [
      {
        regexp: "^│ (?:low|moderate|high|critical) +│ (\\S.*?) +│$",
        message: 1,
      },
    ],
    example: "│ high                │ Prototype pollution in demo-merge            │",
  },
  {
    // What each install counts, and only an audit fails for.
    owner: "security",
    strength: "cause",
    yields: "always",
    before: 0,
    after: 4,
    needs: "vulnerabilit",
    pattern: [
      {
        regexp:
          "^\\s*(?:\\d+ (?:\\w+ severity )?vulnerabilit(?:y|ies)(?: found)?.*|found \\d+ .*vulnerabilit.*)$",
      },
    ],
    example: "3 moderate severity vulnerabilities",
  },
  {
    owner: "security",
    strength: "cause",
    yields: "to-later",
    before: 0,
    after: 4,
    pattern: [
      {
        regexp:
          "^\\s*(?:Total: \\d+ \\(.*(?:HIGH|CRITICAL): [1-9].*|leaks found: [1-9]\\d*.*|.*\\bCVE-\\d{4}-\\d+\\b.*\\b(?:HIGH|CRITICAL)\\b.*|QUALITY GATE STATUS: FAILED.*)$",
      },
    ],
    example: "Total: 3 (HIGH: 2, CRITICAL: 1)",
  },
  {
    owner: "terraform",
    strength: "cause",
    before: 0,
    after: 8,
    pattern: [{ regexp: "^[│╷|] {0,3}Error: (.*)$", message: 1 }],
    needs: "Error: ",
    example:
      '╷\n│ Error: Unsupported argument\n│ \n│   on main.tf line 3, in resource "null_resource" "a":\n╵',
  },
];
