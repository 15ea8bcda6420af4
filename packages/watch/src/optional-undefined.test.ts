import { expect, test } from "vitest";
import { runParameters, scripted } from "../test/scripted.ts";
import {
  dispatchAndWait,
  type DispatchOptions,
  waitForRun,
  waitForRuns,
  type WaitForRunsOptions,
  type WaitOptions,
} from "./index.ts";

/** Every property may be `undefined`, also under exactOptionalPropertyTypes. */
type AllUndefined<Options> = { [Name in keyof Required<Options>]: undefined };

test("options of every function may be undefined, and count as absent", async () => {
  const wait: AllUndefined<WaitOptions> & WaitOptions = {
    signal: undefined,
    timeout: undefined,
    queueTimeout: undefined,
    interval: undefined,
    wake: undefined,
    maxOutage: undefined,
    onRetry: undefined,
    now: undefined,
    sleep: undefined,
    random: undefined,
    until: undefined,
    whenBlocked: undefined,
    onBlocked: undefined,
    onChange: undefined,
  };
  const { until: _, ...rest } = wait;
  const runs: AllUndefined<WaitForRunsOptions> & WaitForRunsOptions = {
    ...rest,
    appear: undefined,
    settle: undefined,
  };
  const dispatch: AllUndefined<DispatchOptions> & DispatchOptions = {
    ...wait,
    appear: undefined,
    marker: undefined,
    actor: undefined,
  };
  const { client } = scripted([{ status: "completed", conclusion: "success" }]);
  expect((await waitForRun(client, runParameters, wait)).conclusion).toBe("success");
  // Both get past their checks, as far as the first response, which is none of theirs.
  await expect(
    waitForRuns(client, { owner: "o", repo: "r", branch: "b", head_sha: undefined }, runs),
  ).rejects.not.toMatchObject({ name: "ParameterError" });
  await expect(
    dispatchAndWait(client, { owner: "o", repo: "r", workflow_id: 1, ref: "b" }, dispatch),
  ).rejects.not.toMatchObject({ name: "ParameterError" });
});
