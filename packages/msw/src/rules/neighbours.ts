import { operations } from "../description/operations.gen.ts";
import type { Described } from "./described.ts";
import type { NeighbourName } from "./route-name.ts";

/**
 * What clients request on their way to workflow runs: a group of operations out of GitHub's description, and
 * GraphQL, which that description does not have.
 */
export const neighbours: Readonly<Record<NeighbourName, Described>> = {
  ...operations,
  graphql: {
    id: "graphql",
    method: "post",
    path: "/graphql",
    pathParameters: [],
    queryParameters: [],
    bodyProperties: ["query", "variables", "operationName"],
    requiredBodyProperties: [],
    documentationUrl: "https://docs.github.com/graphql",
    permissions: [],
    publicRead: false,
  },
};
