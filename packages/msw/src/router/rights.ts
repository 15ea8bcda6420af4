import { accessRefusal, type AccessRefusal, type Caller, type Need } from "../rules/access.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { AccountRequest } from "./context.ts";

/** What the caller of a request may do. */
export interface Rights extends Pick<AccountRequest, "mayRead" | "readRefusal"> {
  refusal(repository: RepositoryRecord, need: Need): AccessRefusal | undefined;
}

/** What it takes to know that a repository is there. */
const readNeed: Need = { kind: "read", permissions: [], publicRead: true };

/** @param used the permissions that requests needed so far */
export function rightsOf(
  caller: Caller,
  authorization: string | null,
  used: Set<Need["permissions"]>,
): Rights {
  const refusal = (record: RepositoryRecord, need: Need): AccessRefusal | undefined => {
    const fullName = `${record.owner}/${record.name}`;
    return accessRefusal(caller, { fullName, private: record.private }, need, authorization);
  };
  return {
    refusal,
    mayRead: (record) => refusal(record, readNeed) === undefined,
    readRefusal(record, permissions) {
      used.add(permissions);
      return refusal(record, { ...readNeed, permissions })?.message;
    },
  };
}
