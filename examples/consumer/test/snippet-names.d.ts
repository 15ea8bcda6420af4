// What a README snippet may use without declaring it.
declare const github: import("@workflow-runs/core").Client;
declare const fake: import("@workflow-runs/msw").ActionsFake;
declare const owner: string;
declare const repo: string;
declare const run_id: number;
