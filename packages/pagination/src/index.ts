export { attemptsOf, type AttemptsOptions, type AttemptsOf } from "./attempts-of.ts";
export { paginate } from "./paginate.ts";
export type { List, ListPage, PaginateOptions, ListProgress, TotalCount } from "./public-types.ts";
export type { ListClient, ListItem, ListOperationName, ListParameters } from "./list-types.ts";
export {
  BeyondLimitError,
  CrowdedSecondError,
  CursorError,
  IndexBehindError,
  PaginationError,
  UnstableListError,
} from "./errors.ts";
export { type SyncBatch, type SyncOptions, type SyncParameters, syncRuns } from "./sync-runs.ts";
export type { SyncReading, SyncRow, SyncState } from "./sync-state.ts";
