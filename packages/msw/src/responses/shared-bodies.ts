import type { components, WorkflowRun } from "@workflow-runs/openapi-types";
import type { RepositoryRecord } from "../state/records.ts";
import { repositoryBody } from "./repository.ts";
import type { FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** Bodies within bodies that many runs have in common: the larger part of a list. */
export interface SharedBodies {
  repository: WorkflowRun["repository"];
  user(login: string): components["schemas"]["simple-user"];
}

/** Each body is made once, so that it is known by its identity and turned into text once. */
export function sharedBodies(repository: RepositoryRecord, urls: FakeUrls): SharedBodies {
  const users = new Map<string, components["schemas"]["simple-user"]>();
  return {
    repository: repositoryBody(repository, urls),
    user(login) {
      const known = users.get(login);
      if (known !== undefined) return known;
      const made = userBody(login, urls);
      users.set(login, made);
      return made;
    },
  };
}
