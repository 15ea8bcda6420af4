// A table as workflow-runs-codegen generates it, of a description with methods that ours lacks.
export interface paths {
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable": {
    put: {
      parameters: { path: { owner: string; repo: string; workflow_id: number | string } };
      responses: { 204: { headers: Record<string, unknown>; content?: never } };
    };
  };
  "/repos/{owner}/{repo}/actions/variables/{name}": {
    patch: {
      parameters: { path: { owner: string; repo: string; name: string } };
      requestBody: { content: { "application/json": { value?: string } } };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: { "application/json": { name: string; value: string } };
        };
      };
    };
  };
}

declare const description: unique symbol;

export interface Operations {
  /** Enables a workflow. */
  readonly enableWorkflow: {
    readonly id: "actions/enable-workflow";
    readonly method: "put";
    readonly path: "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable";
    readonly pathParameters: readonly ["owner", "repo", "workflow_id"];
    readonly queryParameters: readonly [];
    readonly bodyProperties: readonly [];
    readonly requiredBodyProperties: readonly [];
    readonly success: readonly [204];
  };
  readonly updateRepoVariable: {
    readonly id: "actions/update-repo-variable";
    readonly method: "patch";
    readonly path: "/repos/{owner}/{repo}/actions/variables/{name}";
    readonly pathParameters: readonly ["owner", "repo", "name"];
    readonly queryParameters: readonly [];
    readonly bodyProperties: readonly ["value"];
    readonly requiredBodyProperties: readonly [];
    readonly success: readonly [200];
  };
}

type Table = { readonly [Name in keyof Operations]: Operations[Name] };

export const operations = {
  enableWorkflow: {
    id: "actions/enable-workflow",
    method: "put",
    path: "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable",
    pathParameters: ["owner", "repo", "workflow_id"],
    queryParameters: [],
    bodyProperties: [],
    requiredBodyProperties: [],
    success: [204],
  },
  updateRepoVariable: {
    id: "actions/update-repo-variable",
    method: "patch",
    path: "/repos/{owner}/{repo}/actions/variables/{name}",
    pathParameters: ["owner", "repo", "name"],
    queryParameters: [],
    bodyProperties: ["value"],
    requiredBodyProperties: [],
    success: [200],
  },
} as Table & { readonly [description]?: paths };
