import type { Job, WorkflowRun } from "@workflow-runs/core";

type Step = NonNullable<Job["steps"]>[number];

/** A run as GitHub sends it; a test gives what it is about. */
export function runData(part: Partial<WorkflowRun> = {}): WorkflowRun {
  const id = part.id ?? 101;
  const url = `https://api.github.com/repos/octo-org/octo-repo/actions/runs/${id}`;
  return {
    id,
    name: "CI",
    node_id: "WFR_1",
    head_branch: "main",
    head_sha: "a".repeat(40),
    path: ".github/workflows/ci.yml",
    display_title: "Change",
    run_number: 7,
    event: "push",
    status: "completed",
    conclusion: "success",
    workflow_id: 9,
    check_suite_id: 55,
    url,
    html_url: `https://github.com/octo-org/octo-repo/actions/runs/${id}`,
    pull_requests: [],
    created_at: "2026-05-01T09:59:50Z",
    updated_at: "2026-07-30T10:00:00Z",
    run_started_at: part.created_at ?? "2026-05-01T09:59:50Z",
    run_attempt: 1,
    actor: { login: "mona", id: 1 },
    ...part,
  } as WorkflowRun;
}

/** A job that ran. */
export function jobData(part: Partial<Job> = {}): Job {
  return {
    id: 201,
    run_id: 101,
    run_attempt: 1,
    name: "build",
    status: "completed",
    conclusion: "success",
    created_at: "2026-05-01T09:59:52Z",
    started_at: "2026-05-01T10:00:00Z",
    completed_at: "2026-05-01T10:01:00Z",
    head_sha: "a".repeat(40),
    labels: ["ubuntu-latest"],
    steps: [stepData({})],
    ...part,
  } as Job;
}

/** A step that ran. */
export function stepData(part: Partial<Step>): Step {
  return {
    number: 1,
    name: "Run make",
    status: "completed",
    conclusion: "success",
    started_at: "2026-05-01T10:00:00Z",
    completed_at: "2026-05-01T10:00:50Z",
    ...part,
  };
}
