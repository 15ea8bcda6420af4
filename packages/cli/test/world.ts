import { type ActionsFake, createActionsFake, type JobInit } from "@workflow-runs/msw/fake";

export const worldRepository = "octo-org/octo-repo";
/** The commit that is checked out in the world's clone. */
export const worldHead = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";
/** Ids of the world's last two runs: the nightly that failed, and the matrix of sixty jobs. */
export const failedRun = "16000000057";
export const matrixRun = "16000000058";

const day = 86_400_000;

/** A generator of numbers from 0 to 1 that is the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const failedTest = `> vitest run
 ❯ src/engine.test.ts (12 tests | 1 failed) 812ms
   × ignites twice 41ms
 FAIL  src/engine.test.ts > ignites twice
AssertionError: expected 1 to be 2
 ❯ src/engine.test.ts:42:19
##[error]Process completed with exit code 1.`;

/** A matrix of sixty jobs, some of which fail. */
export function matrix(): JobInit[] {
  const systems = ["ubuntu-latest", "windows-latest", "macos-latest"];
  return systems.flatMap((system) =>
    Array.from({ length: 20 }, (_, at): JobInit => {
      const conclusion = system === "windows-latest" && at % 7 === 3 ? "failure" : "success";
      return {
        name: `test / build and test (${system}, node ${18 + (at % 5)}, shard ${Math.floor(at / 5) + 1} of 4)`,
        conclusion,
        steps: [
          { name: "Run actions/checkout@v4", seconds: 2 },
          {
            name: "Run npm test",
            seconds: 30 + at,
            conclusion,
            log: conclusion === "failure" ? failedTest : "42 tests passed",
          },
        ],
      };
    }),
  );
}

/** A repository as a team has it: eight weeks of runs of three workflows, some flaky, slow or failing. */
export function createWorld(clock: () => number = Date.now): ActionsFake {
  const random = seeded(7);
  const fake = createActionsFake({ clock });
  const repository = fake.repository(worldRepository);
  const now = clock();
  for (let days = 56; days > 0; days -= 1) {
    const failed = random() < 0.15 ? "failure" : "success";
    const seconds = 120 + Math.round(random() * 90 + (56 - days));
    repository.createRun({
      display_title: `Merge pull request #${4_000 - days} from octo-org/topic-${days}`,
      actor: ["octocat", "hubot", "monalisa"][days % 3] ?? "octocat",
      status: "completed",
      created_at: now - days * day,
      jobs: [
        { name: "lint", steps: [{ name: "Run npm run lint", seconds: 20 }] },
        {
          name: "test (ubuntu-latest)",
          queued_seconds: Math.round(random() * 40),
          conclusion: failed,
          steps: [
            { name: "Run npm ci", seconds: 25 },
            { name: "Run npm test", seconds, conclusion: failed, log: failedTest },
          ],
        },
      ],
    });
  }
  repository.createRun({
    workflow: "nightly.yml",
    display_title: "Nightly",
    event: "schedule",
    created_at: now - day / 2,
    status: "completed",
    jobs: [
      {
        name: "soak",
        conclusion: "failure",
        steps: [{ name: "Run soak", seconds: 600, conclusion: "failure", log: failedTest }],
      },
    ],
  });
  repository.createRun({
    workflow: "matrix.yml",
    display_title: "Test every platform that we say we run on, with every version of Node",
    branch: "every-platform",
    head_sha: worldHead,
    created_at: now - 3_600_000,
    status: "completed",
    jobs: matrix(),
  });
  return fake;
}
