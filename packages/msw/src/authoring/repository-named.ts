import type { RepositoryRecord } from "../state/records.ts";
import type { RepositoryInit } from "./options.ts";
import { splitName } from "./repository-handle.ts";
import { setBranch } from "./start-run.ts";
import type { World } from "./world.ts";

/**
 * The repository of that name, made when there is none, and what `init` says of it.
 *
 * @param id GitHub's, where it is known
 */
export function repositoryNamed(
  world: World,
  fullName: string,
  init: RepositoryInit = {},
  id?: number,
): RepositoryRecord {
  const repository = knownOrNew(world, fullName, init, id);
  for (const branch of init.branches ?? [])
    setBranch(world, repository, typeof branch === "string" ? { name: branch } : branch);
  return repository;
}

function knownOrNew(
  { store, now }: World,
  fullName: string,
  init: RepositoryInit,
  id: number | undefined,
): RepositoryRecord {
  const [owner, name] = splitName(fullName);
  const lower = fullName.toLowerCase();
  const known = store
    .repositories()
    .find((record) => `${record.owner}/${record.name}`.toLowerCase() === lower);
  if (known !== undefined) {
    known.private = init.private ?? known.private;
    known.defaultBranch = init.default_branch ?? known.defaultBranch;
    known.description = init.description ?? known.description;
    return known;
  }
  return store.addRepository(
    {
      owner,
      name,
      private: init.private ?? false,
      defaultBranch: init.default_branch ?? "main",
      description: init.description ?? null,
      formerNames: [],
      createdAt: now(),
      branches: [],
      workflows: [],
      environments: [],
      nextRunNumber: {},
    },
    id,
  );
}
