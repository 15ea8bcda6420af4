import { describe, expectTypeOf, test } from "vitest";
import {
  type Client,
  type ClientOptions,
  createClient,
  type Job,
  type OperationData,
  type OperationParameters,
  type RepositoryClient,
  type WorkflowRun,
} from "../index.ts";

declare const github: Client;

describe("types of calls", () => {
  test("data comes from the operation", () => {
    expectTypeOf<OperationData<"getWorkflowRun">>().toEqualTypeOf<WorkflowRun>();
    expectTypeOf<OperationData<"listJobsForWorkflowRun">["jobs"]>().toEqualTypeOf<Job[]>();
    expectTypeOf<OperationData<"deleteWorkflowRun">>().toEqualTypeOf<undefined>();
    expectTypeOf<OperationData<"downloadWorkflowRunLogs">>().toEqualTypeOf<Response>();
    expectTypeOf<OperationData<"cancelWorkflowRun">>().toEqualTypeOf<Record<string, never>>();
  });

  test("parameters are flat: path, query and body in one object", () => {
    expectTypeOf<OperationParameters<"getWorkflowRun">>()
      .toHaveProperty("run_id")
      .toEqualTypeOf<number>();
    expectTypeOf<OperationParameters<"listWorkflowRunsForRepo">>()
      .toHaveProperty("per_page")
      .toEqualTypeOf<number | undefined>();
    expectTypeOf<OperationParameters<"reviewPendingDeploymentsForRun">>()
      .toHaveProperty("environment_ids")
      .toEqualTypeOf<number[]>();
    expectTypeOf<Parameters<Client["reviewCustomGatesForRun"]>[0]>().toExtend<{
      environment_name: string;
    }>();
    expectTypeOf<
      Client["listWorkflowRuns"]["operation"]["items"]
    >().toEqualTypeOf<"workflow_runs">();
  });

  test("a token provider's parameter has its type", () => {
    const options: ClientOptions = { auth: ({ refresh }) => (refresh ? "new" : undefined) };
    expectTypeOf(options).toExtend<{ auth?: unknown }>();
  });

  test("wrong calls do not compile", () => {
    const wrong = (): unknown[] => [
      // @ts-expect-error run_id is missing
      github.getWorkflowRun({ owner: "o", repo: "r" }),
      // @ts-expect-error a misspelt query parameter
      github.listWorkflowRunsForRepo({ owner: "o", repo: "r", brunch: "main" }),
      // @ts-expect-error there is no such method
      github.getWorkflowRuns({ owner: "o", repo: "r" }),
      // @ts-expect-error run_id is a number
      github.getWorkflowRun({ owner: "o", repo: "r", run_id: "1" }),
      // @ts-expect-error a body property is missing
      github.reviewPendingDeploymentsForRun({
        owner: "o",
        repo: "r",
        run_id: 1,
        state: "approved",
        comment: "",
      }),
      // @ts-expect-error one of the parameters is bound already
      github.repository("o/r").getWorkflowRun({ owner: "o", run_id: 1 }),
      // @ts-expect-error an unknown option
      github.getWorkflowRun({ owner: "o", repo: "r", run_id: 1 }, { retries: 3 }),
      // @ts-expect-error a path that is not in the description
      github.GET("/repos/{owner}/{repo}/actions/run"),
    ];
    const right = (): unknown[] => [
      github.repository("o/r").getWorkflowRun({ run_id: 1 }),
      github.listWorkflowRunsForRepo({
        owner: "o",
        repo: "r",
        branch: undefined,
        status: "failure",
      }),
      github.reviewCustomGatesForRun({
        owner: "o",
        repo: "r",
        run_id: 1,
        environment_name: "e",
        state: "approved",
      }),
      github.listWorkflowRuns({
        owner: "o",
        repo: "r",
        workflow_id: "ci.yml",
        created: ">2026-01-01",
      }),
    ];
    expectTypeOf(wrong).toBeFunction();
    expectTypeOf(right).toBeFunction();
  });

  test("a wrong option is one error, where it stands: the client keeps its type", () => {
    const wrong = (): void => {
      const unknown = createClient({
        // @ts-expect-error the option's name is auth
        token: "x",
      });
      expectTypeOf(unknown).toEqualTypeOf<Client>();
      expectTypeOf(unknown.repository("o/r")).toEqualTypeOf<RepositoryClient>();
      void unknown.listWorkflowRunsForRepo({ owner: "o", repo: "r" });
      void unknown.repository("o/r").getWorkflowRun({ run_id: 1 });
      const misspelt = createClient({
        auth: "x",
        // @ts-expect-error the option's name is baseUrl
        baseURL: "https://ghe.example/api/v3",
      });
      expectTypeOf(misspelt).toEqualTypeOf<Client>();
      const ofWrongKind = createClient({
        // @ts-expect-error a time-out is a number, an object, or false
        timeout: "30s",
      });
      expectTypeOf(ofWrongKind).toEqualTypeOf<Client>();
      const noTable = createClient({
        operations: {
          // @ts-expect-error no operation
          getWorkflowRun: {},
        },
      });
      expectTypeOf(noTable.getWorkflowRun).toBeFunction();
      // @ts-expect-error the token is an option
      expectTypeOf(createClient("x")).toEqualTypeOf<Client>();
    };
    expectTypeOf(wrong).toBeFunction();
    expectTypeOf<ReturnType<typeof createClient>>().toEqualTypeOf<Client>();
    expectTypeOf<ClientOptions>().toExtend<Parameters<typeof createClient>[0]>();
  });
});
