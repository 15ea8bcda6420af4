/** A step inside a composite action. */
export interface InnerPlan {
  readonly kind: "script" | "action";
  /** Lines that it prints. */
  readonly output: readonly string[];
  /** Milliseconds that it takes beside what the runner needs. */
  readonly takes: number;
  readonly hasPost?: boolean;
  /** An action for Node.js 20, on a runner that says so. */
  readonly node20?: boolean;
  /** An input that the action does not have: the runner warns before the header. */
  readonly unexpectedInput?: boolean;
}

/** A step for {@link writeJob} to run as the runner does. */
export interface StepPlan extends Omit<InnerPlan, "kind"> {
  readonly kind:
    | "script"
    | "action"
    | "docker"
    | "composite"
    | "local"
    | "missing"
    | "invalid"
    | "skipped"
    | "background"
    | "wait";
  /** Something runs before the job's own steps. */
  readonly hasPre?: boolean;
  /** Its environment has expressions. */
  readonly env?: boolean;
  /** A local action's steps run in images that are made first. */
  readonly images?: boolean;
  /** The steps inside a composite action. */
  readonly inside?: readonly InnerPlan[];
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
  /** In a container, by Docker or by the administrator's hooks (in Kubernetes). */
  readonly containers?: "docker" | "hooks";
  /** It makes an image of its machine. */
  readonly snapshot?: boolean;
  readonly windows?: boolean;
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

type Conclusion = WrittenStep["conclusion"];

/** Writes a job's log as the runner does, from its source: which lines a step writes, and in what order. */
export function writeJob(plan: JobPlan): { log: string; steps: WrittenStep[] } {
  const writer = new JobWriter(plan);
  return { log: writer.write(), steps: writer.steps };
}

class JobWriter {
  readonly steps: WrittenStep[] = [];
  readonly #plan: JobPlan;
  readonly #lines: string[] = [];
  /** What runs behind the job's steps, the last that was registered first. */
  readonly #posts: (() => void)[] = [];
  /** Steps in the background that nobody has waited for. */
  #background: { name: string; output: readonly string[]; end: () => void }[] = [];
  #now: number = Date.UTC(2026, 5, 20, 10, 0, 0, 137);

  constructor(plan: JobPlan) {
    this.#plan = plan;
  }

  write(): string {
    const { steps, hooks = false, containers, snapshot = false, outputs = false } = this.#plan;
    this.#debug("Starting: build", "Cleaning runner temp folder: /home/runner/work/_temp");
    this.#step("Set up job", () => this.#setUp(), { condition: false });
    if (snapshot) this.#posts.push(() => this.#step("Create custom image", () => this.#snapshot()));
    if (hooks) this.#posts.push(() => this.#step("Complete runner", () => this.#hook("completed")));
    if (hooks) this.#step("Set up runner", () => this.#hook("started"));
    if (containers !== "hooks" && steps.some(({ kind }) => kind === "docker"))
      this.#step("Build octo/docker@v1", () =>
        this.#image("Build container for action use: './D'."),
      );
    if (containers) {
      this.#posts.push(() => this.#step("Stop containers", () => this.#stopContainers()));
      this.#step("Initialize containers", () => this.#startContainers());
    }
    for (const [index, step] of steps.entries())
      if (step.hasPre && step.kind === "action")
        this.#step(`Pre Step ${index}`, () =>
          this.#run({ ...step, output: [], hasPost: false }, `a${index}`),
        );
    for (const [index, step] of steps.entries()) this.#runStep(step, index);
    if (this.#background.length > 0)
      this.#step("Wait for all background steps", () => this.#wait(true));
    for (const post of this.#posts.toReversed()) {
      post();
      this.#second();
    }
    this.#step("Complete job", () => this.#complete(outputs), { condition: false });
    this.#debug("Finishing: build");
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  #say(message: string, after = 1): void {
    this.#now += after;
    this.#lines.push(`${new Date(this.#now).toISOString().slice(0, -1)}0000Z ${message}`);
  }

  #debug(...messages: readonly string[]): void {
    if (this.#plan.debug) for (const message of messages) this.#say(`##[debug]${message}`);
  }

  /** The API has whole seconds: without marks, nothing else tells where a composite action ends. */
  #second(): void {
    if (!this.#plan.marks && !this.#plan.debug) this.#now += 1100;
  }

  #date(): string {
    return `${new Date(this.#now).toISOString().slice(0, 19)}Z`;
  }

  /** A step of the job; by debug logging it opens with its condition, behind what its environment needs. */
  #step(
    name: string,
    run: () => Conclusion,
    { condition = true, env = false, background = false } = {},
  ): void {
    this.#now += this.#plan.pause ?? 5;
    const [from, started_at] = [this.#lines.length, this.#date()];
    this.#environment(env);
    if (condition) {
      this.#debug(`Evaluating condition for step: '${name}'`);
      this.#debug("Evaluating: success()", "=> true", "Result: true");
    }
    if (!background) this.#debug(`Starting: ${name}`);
    const conclusion = run();
    if (!background) this.#debug(`Finishing: ${name}`);
    this.#now += 1;
    const number = this.steps.length + 1;
    const line = this.#lines.length > from ? from : undefined;
    const step = { number, name, status: "completed" as const, conclusion, started_at, line };
    this.steps.push({ ...step, completed_at: this.#date() });
    if (background)
      this.#background.push({
        name,
        output: ["in the background"],
        end: () => this.steps.splice(number - 1, 1, { ...step, completed_at: this.#date() }),
      });
  }

  #runStep(plan: StepPlan, index: number): void {
    const name = `Step ${index}`;
    const at = `a${index}`;
    if (plan.kind === "skipped") {
      this.#skip(name, plan.env ?? false);
      return;
    }
    const background = plan.kind === "background";
    // An error of unknown text among the lines of steps in the background could be theirs.
    if (plan.kind === "invalid" && this.#background.length > 0) return;
    this.#step(name, () => this.#run(plan, at), { env: plan.env ?? false, background });
    const isComposite = plan.kind === "composite" || plan.kind === "local";
    const hasPost = plan.hasPost || plan.inside?.some((each) => each.hasPost);
    if (hasPost && (isComposite || plan.kind === "action" || plan.kind === "docker"))
      this.#posts.push(() => this.#step(`Post ${name}`, () => this.#post(plan)));
    if (isComposite) this.#second();
  }

  /** What a step's environment needs; among the lines of steps in the background, nothing tells whose it is. */
  #environment(env: boolean): void {
    if (env && this.#background.length === 0)
      this.#debug("Evaluating: secrets.TOKEN", "=> '***'", "Result: '***'");
  }

  #skip(name: string, env: boolean): void {
    this.#now += this.#plan.pause ?? 5;
    const [from, started_at] = [this.#lines.length, this.#date()];
    this.#environment(env);
    this.#debug(`Evaluating condition for step: '${name}'`, "Evaluating: failure()", "=> false");
    this.#debug("Result: false");
    this.#now += 1;
    this.steps.push({
      number: this.steps.length + 1,
      name,
      status: "completed",
      conclusion: "skipped",
      started_at,
      completed_at: this.#date(),
      line: this.#lines.length > from ? from : undefined,
    });
  }

  #run(plan: StepPlan, at: string): Conclusion {
    switch (plan.kind) {
      case "missing":
        this.#say("##[error]Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '/x'.", 5);
        return "failure";
      case "invalid":
        this.#say("##[error].github/workflows/ci.yml (Line: 3, Col: 1): Unexpected value ''", 1500);
        return "failure";
      case "wait":
        return this.#wait(false);
      case "script":
      case "background":
        this.#script(plan, at, false);
        break;
      case "composite":
      case "local":
        this.#composite(plan, at);
        break;
      default:
        this.#action(plan, at);
    }
    return plan.output.some((line) => line.startsWith("##[error]")) ? "failure" : "success";
  }

  #wait(all: boolean): Conclusion {
    const names = this.#background.map(({ name }) => name).join(", ");
    if (all && names === "") this.#say("No background steps remaining to wait for.");
    else
      this.#say(
        `Waiting for ${all ? "all " : ""}background step(s) to complete: ${names || "(none)"}`,
      );
    for (const { output, end } of this.#background) {
      for (const line of output) this.#say(line, 300);
      end();
    }
    this.#background = [];
    this.#say(`Finished waiting for ${all ? "all " : ""}background step(s).`);
    return "success";
  }

  #setUp(): Conclusion {
    this.#say("Current runner version: '2.336.0'");
    this.#say("Prepare workflow directory");
    this.#debug("Creating pipeline directory: '/home/runner/work/x'", "Update context data");
    this.#say("Prepare all required actions");
    this.#say("Getting action download info");
    this.#say("Download action repository 'octo/a@v1' (SHA:0)");
    this.#debug("Download 'https://api.github.com/x' to '/home/runner/x.tar.gz'");
    this.#debug("Set step '__octo_a' display name to: 'Step 0'");
    this.#say("Complete job name: build");
    this.#debug("Collect running processes for tracking orphan processes.");
    return "success";
  }

  #complete(outputs: boolean): Conclusion {
    if (outputs) {
      this.#say("Evaluate and set job outputs");
      this.#debug("Evaluating: steps.a.outputs.version", "Result: '1'");
      this.#say("Set output 'version'");
    }
    this.#say("Cleaning up orphan processes");
    this.#say("##[warning]Node.js 20 actions are deprecated. Please check …");
    return "success";
  }

  #snapshot(): Conclusion {
    this.#say("Image Name: ours Version: 1.*");
    this.#say("Request written to: /home/runner/.snapshot/request.json");
    return "success";
  }

  #image(title: string): Conclusion {
    this.#say(`##[group]${title}`);
    this.#say("##[command]/usr/bin/docker build -t x .");
    this.#say("##[endgroup]");
    return "success";
  }

  /** A script of the administrator's, as the runner runs it: with a header that has no lines of the script. */
  #hookScript(path: string): void {
    this.#say(`##[group]Run '${path}'`);
    this.#say("shell: /home/runner/externals/node20/bin/node {0}");
    this.#say("##[endgroup]");
    this.#debug(`/home/runner/externals/node20/bin/node ${path}`);
  }

  #hook(event: string): Conclusion {
    this.#say(`A job ${event} hook has been configured by the self-hosted runner administrator`);
    this.#hookScript(`/etc/hooks/job-${event}.sh`);
    this.#say("hook");
    return "success";
  }

  #startContainers(): Conclusion {
    if (this.#plan.containers === "hooks") this.#hookScript("/home/runner/k8s/index.js");
    else {
      this.#debug("Register post job cleanup for stopping/deleting containers.");
      for (const title of ["Checking docker version", "Starting job container"]) {
        this.#say(`##[group]${title}`);
        this.#say("##[command]/usr/bin/docker version");
        this.#say("##[endgroup]");
      }
    }
    return "success";
  }

  #stopContainers(): Conclusion {
    if (this.#plan.containers === "hooks") this.#hookScript("/home/runner/k8s/index.js");
    else {
      this.#say("Stop and remove container: 0123_node24");
      this.#say("##[command]/usr/bin/docker rm --force 0123");
      this.#say("Remove container network: github_network_0");
    }
    return "success";
  }

  /** What the runner says before the header. */
  #prepare(plan: InnerPlan): void {
    if (plan.kind === "action" && plan.hasPost)
      this.#debug("Register post job cleanup for action: octo/a@v1");
    this.#debug("Loading inputs", "Evaluating: github.token", "Result: '***'");
    if (plan.unexpectedInput)
      this.#say("##[warning]Unexpected input(s) 'x', valid inputs are ['y']", 12);
    this.#debug("Loading env");
    if (plan.node20)
      this.#say("Node 20 is being deprecated. This workflow is running with Node 24.");
  }

  #script(plan: Pick<StepPlan, "output" | "takes">, at: string, inside: boolean): void {
    const { windows = false, containers } = this.#plan;
    this.#prepare({ ...plan, kind: "script" });
    this.#say(`##[group]Run ./${at}.sh`);
    this.#say(`\u001B[36;1m./${at}.sh\u001B[0m`);
    const shell = containers ? "sh -e {0}" : "/usr/bin/bash -e {0}";
    const outer = windows ? `C:\\pwsh.EXE -command ". '{0}'"` : shell;
    this.#say(`shell: ${inside ? "/usr/bin/bash --noprofile --norc -e -o pipefail {0}" : outer}`);
    this.#say("##[endgroup]");
    this.#process(plan);
  }

  #action(
    plan: Pick<StepPlan, "output" | "takes" | "node20" | "unexpectedInput" | "hasPost">,
    at: string,
  ): void {
    this.#prepare({ ...plan, kind: "action" });
    this.#say(`##[group]Run octo/${at}@v1`);
    this.#say("with:");
    this.#say("  a: b");
    this.#say("##[endgroup]");
    // A process takes its time to start; the script of the containers' administrator starts it.
    if (this.#plan.containers !== "hooks") this.#now += 60;
    this.#process(plan);
  }

  /** The program of a step; in containers by hooks, the administrator's script runs it. */
  #process({ output, takes }: Pick<StepPlan, "output" | "takes">): void {
    if (this.#plan.containers === "hooks") this.#hookScript("/home/runner/k8s/index.js");
    else this.#debug("/usr/bin/bash -e /home/runner/work/_temp/x.sh");
    this.#now += takes;
    for (const line of output) this.#say(line);
  }

  #marked(id: string, run: () => void): void {
    const { marks = false } = this.#plan;
    if (marks) this.#say(`##[start-action display=${id};id=setup.${id}]`, 0);
    run();
    if (marks)
      this.#say(
        `##[end-action id=setup.${id};outcome=success;conclusion=success;duration_ms=1]`,
        0,
      );
  }

  /** A step inside a composite action. */
  #inner(id: string, name: string, run: () => void): void {
    this.#marked(id, () => {
      this.#debug(
        `Evaluating condition for step: '${name}'`,
        "Evaluating: success()",
        "Result: true",
      );
      this.#debug(`Starting: ${name}`);
      run();
      this.#debug(`Finished: ${name}`);
    });
  }

  #composite(plan: StepPlan, at: string): void {
    if (plan.kind === "local") {
      this.#debug("action.yml for action: '/home/runner/work/x/x/.github/actions/x/action.yml'.");
      this.#say("Prepare all required actions");
      this.#say("Getting action download info");
      this.#say("Download action repository 'octo/inner@v1' (SHA:0)", 900);
      this.#debug("Download 'https://api.github.com/x' to '/home/runner/x.tar.gz'");
      this.#now += plan.takes;
    }
    this.#prepare({ ...plan, kind: "action", node20: false });
    this.#say(`##[group]Run ${plan.kind === "local" ? `./${at}` : `octo/${at}@v1`}`);
    this.#say("with:");
    this.#say("##[endgroup]");
    if (plan.kind === "local" && plan.images && this.#plan.containers !== "hooks")
      this.#marked("image", () => this.#image("Pull down action image 'alpine:3'"));
    for (const [index, each] of (plan.inside ?? []).entries()) {
      this.#now += 6;
      this.#inner(`s${index}`, `Inside ${index}`, () =>
        each.kind === "script"
          ? this.#script(each, `s${index}`, true)
          : this.#action(each, `s${index}`),
      );
    }
  }

  #post(plan: StepPlan): Conclusion {
    const isAction = plan.kind === "action";
    this.#debug("Loading inputs", "Loading env");
    if (plan.node20 && isAction) this.#say("Node 20 is being deprecated. Again.", 0);
    this.#say("Post job cleanup.");
    if (isAction || plan.kind === "docker") {
      this.#now += 60;
      this.#process({ output: ["cleaned"], takes: 0 });
    }
    const withPost = (plan.inside ?? []).filter(({ hasPost }) => hasPost).toReversed();
    for (const [index, each] of withPost.entries()) {
      this.#now += 4;
      this.#inner(`p${index}`, `Post inside ${index}`, () => {
        this.#debug("Loading inputs", "Loading env");
        if (each.node20) this.#say("Node 20 is being deprecated. Again.", 0);
        this.#say("Post job cleanup.");
        this.#now += 60;
        this.#process({ output: ["saved"], takes: 0 });
      });
    }
    return "success";
  }
}
