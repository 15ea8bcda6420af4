import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ScriptedResponse, runParameters, scripted } from "../../test/scripted.ts";
import { watchRun } from "../index.ts";

const running = fc.constantFrom("queued", "in_progress", "waiting", "pending", "requested");
const state = fc.record({ status: running, attempt: fc.integer({ min: 1, max: 3 }) });
const refusal = fc.constantFrom<ScriptedResponse>(
  500,
  502,
  503,
  408,
  new TypeError("fetch failed"),
);
const end: ScriptedResponse = { status: "completed", conclusion: "success", attempt: 3 };

async function watched(script: ScriptedResponse[]): Promise<string[]> {
  const { client, clock } = scripted(script);
  const seen: string[] = [];
  for await (const run of watchRun(client, runParameters, {
    ...clock,
    maxOutage: Number.POSITIVE_INFINITY,
  })) {
    seen.push(`${run.run_attempt} ${run.status}`);
  }
  return seen;
}

test("what is yielded is the states that were seen, each change once, up to the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(state, { maxLength: 20 }), async (states) => {
      const changes = [
        ...states.map(({ status, attempt }) => `${attempt} ${status}`),
        "3 completed",
      ];
      expect(await watched([...states, end])).toEqual(
        changes.filter((change, index) => change !== changes[index - 1]),
      );
    }),
  );
});

test("failures between the polls change nothing of what is yielded", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(state, fc.array(refusal, { maxLength: 3 })), { maxLength: 10 }),
      async (steps) => {
        const calm = steps.map(([each]) => each);
        const troubled = steps.flatMap(([each, troubles]) => [...troubles, each]);
        expect(await watched([...troubled, 502, end])).toEqual(await watched([...calm, end]));
      },
    ),
  );
});
