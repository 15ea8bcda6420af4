export { paginate } from "./paginate.ts";
export type { List, ListPage, PaginateOptions, Progress } from "./public-types.ts";
export type { ListClient, ListItem, ListOperationName, ListParameters } from "./list-types.ts";
export {
  BeyondLimitError,
  CrowdedSecondError,
  CursorError,
  PaginationError,
  PaginationOptionError,
} from "./errors.ts";
