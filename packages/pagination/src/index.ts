export { paginate } from "./paginate.ts";
export type { List, ListPage, PaginateOptions, Progress, TotalCount } from "./public-types.ts";
export type { ListClient, ListItem, ListOperationName, ListParameters } from "./list-types.ts";
export {
  BeyondLimitError,
  CrowdedSecondError,
  CursorError,
  IndexBehindError,
  PaginationError,
  UnstableListError,
} from "./errors.ts";
