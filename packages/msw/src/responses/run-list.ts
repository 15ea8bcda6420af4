import type { WorkflowRun } from "@workflow-runs/openapi-types";
import type { Reply } from "./reply.ts";

/**
 * The body of a list of runs. What the runs share, which is most of each, is turned into text once
 * for the whole page.
 */
export function runListJson(
  total: number,
  runs: readonly WorkflowRun[],
): NonNullable<Reply["json"]> {
  const texts = new Map<unknown, string>();
  const textOf = (shared: unknown): string => {
    const known = texts.get(shared);
    if (known !== undefined) return known;
    const made = JSON.stringify(shared);
    texts.set(shared, made);
    return made;
  };
  const own: string[] = [];
  const whole = runs.map((run) => {
    const { actor, triggering_actor, repository, head_repository, ...rest } = run;
    const text = JSON.stringify(rest);
    // Who did it where is all that can change in the shared part.
    own.push(text, actor?.login ?? "", triggering_actor?.login ?? "", repository.url);
    own.push(head_repository?.url ?? "");
    const shared = Object.entries({ actor, triggering_actor, repository, head_repository })
      .map(([field, value]) => `"${field}":${textOf(value)}`)
      .join(",");
    return `${text.slice(0, -1)},${shared}}`;
  });
  return {
    text: `{"total_count":${total},"workflow_runs":[${whole.join(",")}]}`,
    digest: `${total}${own.join("")}`,
  };
}
