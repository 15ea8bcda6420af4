/** A step for {@link writeJob} to run as the runner does. */
export interface StepPlan {
  readonly kind: "script" | "action" | "composite" | "local" | "missing" | "invalid" | "skipped";
  /** Lines that it prints. */
  readonly output: readonly string[];
  /** Milliseconds that it takes beside what the runner needs. */
  readonly takes: number;
  readonly hasPost?: boolean;
  /** An action for Node.js 20, on a runner that says so. */
  readonly node20?: boolean;
  /** An input that the action does not have: the runner warns before the header. */
  readonly unexpectedInput?: boolean;
  /** The steps inside a composite action. */
  readonly inside?: readonly Omit<StepPlan, "inside">[];
}

/** How a job runs. */
export interface JobPlan {
  readonly steps: readonly StepPlan[];
  /** With `##[start-action]` and `##[end-action]`, as since runner 2.332. */
  readonly marks?: boolean;
  /** With step debug logging. */
  readonly debug?: boolean;
  readonly outputs?: boolean;
  readonly hooks?: boolean;
  /** Milliseconds between two steps. */
  readonly pause?: number;
}

/** A step that ran, as the API has it, and where its lines are. */
export interface WrittenStep {
  readonly number: number;
  readonly name: string;
  readonly status: "completed";
  readonly conclusion: "success" | "failure" | "skipped";
  readonly started_at: string;
  readonly completed_at: string;
  /** Its first line in the job's log, from 0; undefined when it wrote nothing. */
  readonly line: number | undefined;
}

/** Writes a job's log as the runner does, from its source: which lines a step writes, and in what order. */
export function writeJob({
  steps: plans,
  marks = false,
  debug = false,
  outputs = false,
  hooks = false,
  pause = 5,
}: JobPlan): { log: string; steps: WrittenStep[] } {
  const lines: string[] = [];
  const steps: WrittenStep[] = [];
  const posts: (() => void)[] = [];
  let now = Date.UTC(2026, 5, 20, 10, 0, 0, 137);
  const say = (message: string, after = 1) => {
    now += after;
    lines.push(`${new Date(now).toISOString().slice(0, -1)}0000Z ${message}`);
  };
  const whisper = (message: string) => {
    if (debug) say(`##[debug]${message}`);
  };
  const second = () => `${new Date(now).toISOString().slice(0, 19)}Z`;
  const step = (name: string, run: () => WrittenStep["conclusion"], condition = true) => {
    now += pause;
    const [from, started_at] = [lines.length, second()];
    if (condition) whisper(`Evaluating condition for step: '${name}'`);
    const conclusion = run();
    now += 1;
    steps.push({
      number: steps.length + 1,
      name,
      status: "completed",
      conclusion,
      started_at,
      completed_at: second(),
      line: lines.length > from ? from : undefined,
    });
  };
  const started = (name: string, run: () => WrittenStep["conclusion"], condition = true) => {
    const whole = () => {
      whisper(`Starting: ${name}`);
      const conclusion = run();
      whisper(`Finishing: ${name}`);
      return conclusion;
    };
    step(name, whole, condition);
  };
  const header = (plan: Omit<StepPlan, "inside">, title: string) => {
    if (plan.unexpectedInput) say("##[warning]Unexpected input(s) 'x', valid inputs are ['y']", 12);
    if (plan.node20) say("Node 20 is being deprecated. This workflow is running with Node 24.");
    say(`##[group]Run ${title}`);
  };
  const hook = (event: string) => () => {
    say(`A job ${event} hook has been configured by the self-hosted runner administrator`);
    say(`##[group]Run '/etc/hooks/job-${event}.sh'`);
    say("shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}");
    say("##[endgroup]");
    say("hook");
    return "success" as const;
  };

  const script = (plan: Omit<StepPlan, "inside">, at: string, inside: boolean) => {
    header(plan, `./${at}.sh`);
    say(`\u001b[36;1m./${at}.sh\u001b[0m`);
    say(`shell: /usr/bin/bash ${inside ? "--noprofile --norc -e -o pipefail" : "-e"} {0}`);
    say("##[endgroup]");
    now += plan.takes;
    for (const line of plan.output) say(line);
  };
  const action = (plan: Omit<StepPlan, "inside">, at: string) => {
    header(plan, `octo/${at}@v1`);
    say("with:");
    say("  a: b");
    say("##[endgroup]");
    // A process takes its time to start.
    now += 60 + plan.takes;
    for (const line of plan.output) say(line);
  };
  const marked = (id: string, run: () => void) => {
    if (marks) say(`##[start-action display=${id};id=setup.${id}]`, 0);
    run();
    if (marks)
      say(`##[end-action id=setup.${id};outcome=success;conclusion=success;duration_ms=1]`, 0);
  };
  const inside = (name: string, run: () => void) => {
    whisper(`Evaluating condition for step: '${name}'`);
    whisper(`Starting: ${name}`);
    run();
    whisper(`Finished: ${name}`);
  };
  const composite = (plan: StepPlan, at: string) => {
    if (plan.kind === "local") {
      say("Prepare all required actions");
      say("Getting action download info");
      say("Download action repository 'octo/inner@v1' (SHA:0)", 900);
      now += plan.takes;
    }
    header({ ...plan, node20: false }, plan.kind === "local" ? `./${at}` : `octo/${at}@v1`);
    say("with:");
    say("##[endgroup]");
    for (const [index, each] of (plan.inside ?? []).entries()) {
      now += 6;
      marked(`s${index}`, () =>
        inside(`Inside ${index}`, () =>
          each.kind === "script" ? script(each, `s${index}`, true) : action(each, `s${index}`),
        ),
      );
    }
  };
  const post = (plan: StepPlan) => {
    if (plan.node20 && plan.kind === "action") say("Node 20 is being deprecated. Again.", 0);
    say("Post job cleanup.");
    const withPost = (plan.inside ?? []).filter(({ hasPost }) => hasPost).toReversed();
    for (const [index, each] of withPost.entries()) {
      now += 4;
      marked(`p${index}`, () =>
        inside(`Post inside ${index}`, () => {
          if (each.node20) say("Node 20 is being deprecated. Again.", 0);
          say("Post job cleanup.");
          now += 60;
          say("saved");
        }),
      );
    }
    if (plan.kind === "action") {
      now += 60;
      say("cleaned");
    }
    return "success" as const;
  };

  started(
    "Set up job",
    () => {
      say("Current runner version: '2.336.0'");
      say("Prepare workflow directory");
      say("Prepare all required actions");
      say("Getting action download info");
      say("Complete job name: build");
      return "success";
    },
    false,
  );
  if (hooks) started("Set up runner", hook("started"));
  for (const [index, plan] of plans.entries()) {
    const name = `Step ${index}`;
    const at = `a${index}`;
    if (plan.kind === "skipped") {
      step(name, () => "skipped");
      continue;
    }
    started(name, () => {
      if (plan.kind === "missing") {
        say("##[error]Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '/x'.", 5);
        return "failure";
      }
      if (plan.kind === "invalid") {
        say("##[error].github/workflows/ci.yml (Line: 3, Col: 1): Unexpected value ''", 1500);
        return "failure";
      }
      if (plan.kind === "script") script(plan, at, false);
      else if (plan.kind === "action") action(plan, at);
      else composite(plan, at);
      return plan.output.some((line) => line.startsWith("##[error]")) ? "failure" : "success";
    });
    const hasPost = plan.hasPost || plan.inside?.some((each) => each.hasPost);
    if (hasPost && plan.kind !== "script" && plan.kind !== "missing" && plan.kind !== "invalid")
      posts.unshift(() => started(`Post ${name}`, () => post(plan)));
    if (plan.kind === "composite" || plan.kind === "local") {
      // The API has whole seconds: without marks, nothing else tells where such an action ends.
      if (!marks && !debug) now += 1100;
    }
  }
  for (const run of posts) {
    run();
    if (!marks && !debug) now += 1100;
  }
  if (hooks) started("Complete runner", hook("completed"));
  started(
    "Complete job",
    () => {
      if (outputs) {
        say("Evaluate and set job outputs");
        say("Set output 'version'");
      }
      say("Cleaning up orphan processes");
      return "success";
    },
    false,
  );
  return { log: lines.map((line) => `${line}\n`).join(""), steps };
}
