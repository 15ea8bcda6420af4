import type { Reply } from "../responses/reply.ts";
import { annotationsOf } from "../rules/annotations.ts";
import { pageOf } from "../rules/page.ts";
import type { NeighbourName } from "../rules/route-name.ts";
import type { Call, RootCall } from "./context.ts";
import { findJob, findRun, notFound } from "./found.ts";

/** Names of the neighbours that are about no repository. */
export type AccountName = "meta.get" | "rateLimit.get";

/** How the neighbours that are about no repository behave. */
export const accountBehaviour: Record<AccountName, (call: RootCall) => Reply> = {
  "meta.get": () => ({ status: 200, body: { verifiable_password_authentication: false } }),
  "rateLimit.get": ({ limits, caller, now }) => {
    const { limit, used, resetAt } = limits.budget(caller.key, caller.rateLimit, now);
    const remaining = Math.max(0, limit - used);
    const core = { limit, used, remaining, reset: Math.ceil(resetAt / 1000) };
    return { status: 200, body: { resources: { core }, rate: core } };
  },
};

/** How the neighbours below `/repos/{owner}/{repo}` behave. */
export const neighbourBehaviour: Record<
  Exclude<NeighbourName, AccountName>,
  (call: Call) => Reply
> = {
  listWorkflowRunArtifacts(call) {
    if (findRun(call) === undefined) return notFound(call);
    const page = pageOf(call.url.searchParams, 0);
    return { status: 200, body: { total_count: 0, artifacts: [] }, page };
  },
  // What a failed job leaves on its check run, which has the job's id.
  "checks.listAnnotations": (call) => {
    const found = findJob(call, "check_run_id");
    if (found === undefined) return notFound(call);
    const annotations = annotationsOf(found.job, call.now).map((message) => ({
      path: ".github",
      blob_href: `${call.urls.html}/${call.repository.owner}/${call.repository.name}/blob/${found.run.headSha}/.github`,
      start_line: 1,
      start_column: null,
      end_line: 1,
      end_column: null,
      annotation_level: "failure",
      title: "",
      message,
      raw_details: "",
    }));
    const page = pageOf(call.url.searchParams, annotations.length);
    return { status: 200, body: annotations.slice(page.start, page.end), page };
  },
};
