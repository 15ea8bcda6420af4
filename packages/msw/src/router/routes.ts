import { operations } from "@workflow-runs/openapi-types/operations";
import type { Need } from "../rules/access.ts";
import type { Described } from "../rules/described.ts";
import { neighbours } from "../rules/neighbours.ts";
import type { NeighbourName } from "../rules/route-name.ts";
import type { OperationName } from "../rules/operation-name.ts";
import type { Route } from "./context.ts";
import { accountBehaviour, neighbourBehaviour, type AccountName } from "./neighbours.ts";
import { behaviour } from "./operations.ts";

/** Everything the fake imitates: the description's operations and their neighbours. */
export function allRoutes(): Route[] {
  return [
    ...(Object.keys(operations) as OperationName[]).flatMap(operationRoute),
    ...(Object.keys(neighbours) as NeighbourName[]).map(neighbourRoute),
  ];
}

/** None for an operation that the fake lacks: a test names it, and a request for it is 501. */
function operationRoute(name: OperationName): Route | [] {
  const operation: Described = operations[name];
  const respond = behaviour[name];
  if (respond === undefined) return [];
  return {
    ...operation,
    name,
    need: needOf(operation),
    about: "repository",
    respond,
  };
}

function neighbourRoute(name: NeighbourName): Route {
  const route = { ...neighbours[name], name, need: needOf(neighbours[name]) };
  return isAccountName(name)
    ? { ...route, about: "account", respond: accountBehaviour[name] }
    : { ...route, about: "repository", respond: neighbourBehaviour[name] };
}

function isAccountName(name: NeighbourName): name is AccountName {
  return Object.hasOwn(accountBehaviour, name);
}

function needOf({ id, method, permissions = [], publicRead = false }: Described): Need {
  const isDownload = id.startsWith("actions/download");
  const download = id === "actions/download-artifact" ? "artifact" : "logs";
  const kind = isDownload ? download : method === "get" ? "read" : "write";
  return { kind, permissions, publicRead };
}
