import type { Reply } from "../responses/reply.ts";
import type { NeighbourName } from "../rules/route-name.ts";
import { getAuthenticatedUser, getMeta, getRateLimit, getRoot } from "./account.ts";
import {
  deleteArtifact,
  downloadArtifact,
  getArtifact,
  listArtifactsForRepo,
  listWorkflowRunArtifacts,
} from "./artifacts.ts";
import {
  getCheckRun,
  getCheckSuite,
  listAnnotations,
  listCheckRunsForRef,
  listCheckRunsForSuite,
  listCheckSuitesForRef,
} from "./checks.ts";
import type { RepositoryRequest, AccountRequest } from "./context.ts";
import { graphql } from "./graphql.ts";
import { getPull, listPulls } from "./pulls.ts";
import { getBranch, getRepository, listBranches } from "./repository.ts";
import { disableWorkflow, enableWorkflow, getWorkflowUsage } from "./workflows.ts";

/** Names of the neighbours that are about no repository. */
export type AccountName =
  | "graphql"
  | "meta.get"
  | "meta.root"
  | "rateLimit.get"
  | "users.getAuthenticated";

/** How the neighbours that are about no repository behave. */
export const accountBehaviour: Record<
  AccountName,
  (call: AccountRequest) => Reply | Promise<Reply>
> = {
  graphql,
  "meta.get": getMeta,
  "meta.root": getRoot,
  "rateLimit.get": getRateLimit,
  "users.getAuthenticated": getAuthenticatedUser,
};

/** How the neighbours below `/repos/{owner}/{repo}` behave. */
export const neighbourBehaviour: Record<
  Exclude<NeighbourName, AccountName>,
  (call: RepositoryRequest) => Reply | Promise<Reply>
> = {
  "checks.get": getCheckRun,
  "checks.getSuite": getCheckSuite,
  "checks.listAnnotations": listAnnotations,
  "checks.listForRef": listCheckRunsForRef,
  "checks.listForSuite": listCheckRunsForSuite,
  "checks.listSuitesForRef": listCheckSuitesForRef,
  deleteArtifact,
  disableWorkflow,
  downloadArtifact,
  enableWorkflow,
  getArtifact,
  getWorkflowUsage,
  listArtifactsForRepo,
  listWorkflowRunArtifacts,
  "pulls.get": getPull,
  "pulls.list": listPulls,
  "repos.get": getRepository,
  "repos.getBranch": getBranch,
  "repos.listBranches": listBranches,
};
