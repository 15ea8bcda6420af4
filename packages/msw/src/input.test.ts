import { describe, expect, test } from "vitest";
import { setUp, start } from "../test/set-up.ts";
import { createActionsFake, InvalidInputError, presets, type Snapshot } from "./index.ts";

/** What a call from plain JavaScript throws; everything the fake knows stays as it was. */
function refused(call: (world: ReturnType<typeof setUp>) => unknown): InvalidInputError {
  const world = setUp();
  world.repository.createRun({ status: "queued" });
  const before = JSON.stringify(world.fake.snapshot());
  let thrown: unknown;
  try {
    call(world);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(InvalidInputError);
  expect(JSON.stringify(world.fake.snapshot())).toBe(before);
  return thrown as InvalidInputError;
}

/** The id of the run that {@link refused} makes. */
const firstRun = 16_000_000_001;

/** Something that the types refuse. */
const wrong = (value: unknown): never => value as never;

describe("input that cannot be is refused, and nothing changes:", () => {
  test.each<[run: unknown, message: string]>([
    [
      { brnch: "x" },
      'createRun: Unknown option "brnch". Did you mean "branch"? Valid options: workflow',
    ],
    [{ id: 5 }, 'createRun: Unknown option "id". Valid options: workflow, name, event, branch'],
    [
      { status: "done" },
      'createRun: status is "done", not "requested", "queued", "pending", "in_progress" or "completed"',
    ],
    [{ conclusion: "failed" }, 'conclusion is "failed", not "success", "failure"'],
    [{ conclusion: "failed" }, 'startup_failure". Did you mean "failure"?'],
    [{ conclusion: ["success", "red"] }, 'conclusion[1] is "red", not "success", '],
    ["failure", 'createRun: "failure" is not an object: give presets.failure()'],
    [[], "createRun: [] is not an object with workflow"],
    [null, "createRun: null is not an object"],
    [{ jobs: [{}] }, "createRun: jobs[0].name is missing: give a string"],
    [{ jobs: [{ nmae: "a" }] }, 'createRun: jobs[0]: Unknown option "nmae". Did you mean "name"?'],
    [{ jobs: ["build"] }, 'createRun: jobs[0] is "build", not an object with name, steps'],
    [{ jobs: { name: "a" } }, 'jobs is {"name":"a"}, not a list'],
    [
      { jobs: [{ name: "a", steps: ["x", { name: "y", seconds: -1 }] }] },
      "jobs[0].steps[1].seconds is -1, not a number of 0 or more",
    ],
    [
      { jobs: [{ name: "a", environment: { nme: "p" } }] },
      'jobs[0].environment: Unknown option "nme"',
    ],
    [
      {
        jobs: [
          { name: "a", environment: "new" },
          { name: "b", needs: "c" },
        ],
      },
      'job "b" needs "c", but the run has "a", "b"',
    ],
    [{ created_at: "soon" }, 'created_at is "soon", not a date: give a Date'],
    [{ logs: { expired: "never" } }, 'logs.expired is "never", not a date'],
    [{ logs: { layout: 2025 } }, 'logs.layout is 2025, not "2021", "2023" or "2025"'],
    [{ run_number: "5" }, 'run_number is "5", not a whole number of 1 or more'],
    [{ head_repository: "fork" }, 'head_repository is "fork", not a repository: give "owner/name"'],
    [{ branch: () => "x" }, "branch is a function, not a string"],
    [{ actor: {} }, "actor is {}, not a string"],
  ])("createRun(%j)", (run, message) => {
    expect(refused(({ repository }) => repository.createRun(wrong(run))).message).toContain(
      message,
    );
  });

  test.each<[name: string, call: (world: ReturnType<typeof setUp>) => unknown, message: string]>([
    [
      "createRuns(-1)",
      ({ repository }) => repository.createRuns(-1),
      "createRuns: count is -1, not",
    ],
    [
      "NaN runs",
      ({ repository }) => repository.createRuns(wrong("5")),
      'count is "5", not a whole',
    ],
    [
      "a date of each of many runs",
      ({ repository }) => repository.createRuns(2, wrong({ created_at: start })),
      'createRuns: Unknown option "created_at"',
    ],
    [
      "a function that gives a wrong run",
      ({ repository }) => repository.createRuns(2, () => wrong({ brnch: "x" })),
      'createRuns: Unknown option "brnch"',
    ],
    [
      "jobs that cannot be, of many runs",
      ({ repository }) =>
        repository.createRuns(2, { jobs: [{ name: "a", environment: "e", needs: "b" }] }),
      'job "a" needs "b"',
    ],
    [
      "a wrong spread",
      ({ repository }) => repository.createRuns(2, {}, wrong({ evry: 1 })),
      'Did you mean "every"?',
    ],
    [
      "createEnvironment({})",
      ({ repository }) => repository.createEnvironment(wrong({})),
      "createEnvironment: name is missing",
    ],
    [
      'complete("done")',
      ({ repository }) => repository.run(firstRun)?.complete(wrong("done")),
      'complete: conclusion is "done", not "success", ',
    ],
    ["rename", ({ repository }) => repository.rename("x"), 'rename: "x" is not a repository'],
    ["repository()", ({ fake }) => fake.repository(wrong(undefined)), "is not a repository: give"],
    [
      "a wrong repository",
      ({ fake }) => fake.repository("o/new", wrong({ privat: true })),
      'repository: Unknown option "privat". Did you mean "private"?',
    ],
    ["advance(-5)", ({ fake }) => fake.advance(-5), "advance: duration is -5, not a duration"],
    [
      "advance()",
      ({ fake }) => fake.advance(wrong(undefined)),
      "duration is undefined, not a duration",
    ],
    [
      "an unknown operation",
      ({ fake }) => fake.fail(wrong("nope"), { status: 500 }),
      'fail: target is "nope", not "approveWorkflowRun", ',
    ],
    [
      "a misspelt fault",
      ({ fake }) => fake.fail("getWorkflowRun", wrong({ stauts: 500 })),
      'fail: Unknown option "stauts". Did you mean "status"?',
    ],
    [
      "a misspelt limit",
      ({ fake }) => fake.limit(wrong({ kind: "tertiary" })),
      'limit: kind is "tertiary", not "primary" or "secondary"',
    ],
    [
      "limit({})",
      ({ fake }) => fake.limit(wrong({})),
      'limit: kind is missing: give "primary" or "secondary"',
    ],
  ])("%s", (_, call, message) => {
    expect(refused(call).message).toContain(message);
  });

  test("options", () => {
    expect(() => createActionsFake(wrong({ baseURL: "x" }))).toThrow('Did you mean "baseUrl"?');
    expect(() => createActionsFake({ baseUrl: "github" })).toThrow(
      'baseUrl is "github", not a URL',
    );
    expect(() => createActionsFake(wrong({ onInvalidRequest: "throw" }))).toThrow(
      'onInvalidRequest is "throw", not "error" or "warn"',
    );
  });

  test("says where and what in properties of the error", () => {
    const error = refused(({ repository }) =>
      repository.createRun(wrong({ jobs: [{ name: "a", needs: 5 }] })),
    );
    expect(error).toMatchObject({ name: "InvalidInputError", property: "jobs[0].needs", value: 5 });
    expect(error).toBeInstanceOf(RangeError);
  });

  test("and a token is in no message", () => {
    for (const tokens of [
      { ghp_secret: { permision: "ghp_secret" } },
      { ghp_secret: "ghp_secret" },
      ["ghp_secret"],
      "ghp_secret",
    ]) {
      let thrown: unknown;
      try {
        createActionsFake({ tokens: wrong(tokens) });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(InvalidInputError);
      const { message, property, value } = thrown as InvalidInputError;
      expect(message).toMatch(/^createActionsFake: tokens/);
      expect(JSON.stringify([message, property, value])).not.toContain("ghp_");
    }
  });
});

describe("a snapshot or recording that is none", () => {
  const taken = (): Snapshot => {
    const { fake, repository } = setUp();
    repository.createRun(presets.failure());
    return structuredClone(fake.snapshot());
  };
  test.each<[name: string, spoil: (snapshot: Snapshot) => unknown, message: string]>([
    ["nothing", () => ({}), "restore: offset is missing"],
    ["null", () => null, "restore: null is not an object with offset, data, budgets"],
    ["no data", (whole) => ({ ...whole, data: undefined }), "restore: data is missing"],
    [
      "a run that is none",
      (whole) => (Object.assign(whole.data.runs, [{}]), whole),
      "restore: data.runs[0].id is missing",
    ],
    [
      "a run without attempts",
      (whole) => (Object.assign(whole.data.runs[0] ?? {}, { attempts: [] }), whole),
      "data.runs[0].attempts is [], not a list of one attempt or more",
    ],
    [
      "a run of no repository",
      (whole) => (Object.assign(whole.data.runs[0] ?? {}, { repositoryId: 7 }), whole),
      "data.runs[0].repositoryId is 7, which is the id of none of data.repositories",
    ],
    [
      "budgets that are none",
      (whole) => ({ ...whole, budgets: [["token ghp_secret", {}]] }),
      "restore: budgets[0][1].limit is missing",
    ],
  ])("is refused: %s", (_, spoil, message) => {
    expect(refused(({ fake }) => fake.restore(wrong(spoil(taken())))).message).toContain(message);
  });

  test("is not one with what GitHub leaves empty", async () => {
    const { data } = setUp().repository.createRun();
    const run = { ...data, name: "", path: null, head_commit: null, head_repository: null };
    const job = {
      id: 9,
      run_id: data.id,
      name: "deploy",
      status: "completed",
      conclusion: "skipped",
      started_at: "2026-11-01T09:00:00Z",
      completed_at: "2026-11-01T09:00:00Z",
      runner_name: "",
      labels: [],
      steps: [],
    };
    const { fake, ask } = setUp();
    const recording: unknown = { total_count: 1, workflow_runs: [run], jobs: [job] };
    fake.load(wrong(recording));
    fake.restore(JSON.parse(JSON.stringify(fake.snapshot())) as Snapshot);
    expect((await ask("listJobsForWorkflowRun", { run_id: run.id })).data.total_count).toBe(1);
  });

  test("leaves the fake as good as before", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun();
    expect(() => fake.restore(wrong({}))).toThrow("restore: offset is missing");
    expect((await ask("getWorkflowRun", { run_id: run.id })).status).toBe(200);
    expect(repository.createRun().data.run_number).toBe(2);
  });

  test("is refused as a whole when one of its runs cannot be", () => {
    const { id, url: _, repository: __, ...rest } = setUp().repository.createRun().data;
    const good = setUp().repository.createRun().data;
    const load = (recording: unknown): string =>
      refused(({ fake }) => fake.load(wrong(recording))).message;
    expect(load({})).toContain(
      "load: {} is not a body with a run or a job in it: give a list of runs",
    );
    expect(
      load({
        workflow_runs: [
          { ...good, id: 9 },
          { id, ...rest },
        ],
      }),
    ).toContain("load: workflow_runs[1] ");
    expect(load({ workflow_runs: [good, { ...good, created_at: "?" }] })).toContain(
      'workflow_runs[1].created_at is "?", not a date such as',
    );
    expect(load({ workflow_runs: [good], jobs: [{}] })).toContain("load: jobs[0].id is missing");
  });
});
