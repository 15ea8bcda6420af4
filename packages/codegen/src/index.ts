export { apiVersions, atApiVersion, firstApiVersion } from "./api-version.ts";
export type { Description } from "./description.ts";
export type { Bump, Change, ChangeClass, FragmentDiff } from "./diff/change.ts";
export { diff } from "./diff/diff.ts";
export {
  formatReport,
  type Report,
  type ReportedChange,
  type ReportFormat,
} from "./diff/format.ts";
export { InputError, ReviewError } from "./errors.ts";
export { typesFile } from "./generated.ts";
export type { Json, JsonObject } from "./json.ts";
export { type OperationEntry, operationsTable } from "./operations-table.ts";
export { applyOverlay, type Overlay, type OverlayAction, readOverlay } from "./overlay.ts";
export { readDescription, readDocument, type DescriptionOptions } from "./read-document.ts";
export { regenerate, type Regenerated, type RegenerateOptions } from "./regenerate/regenerate.ts";
export {
  type CachedPackage,
  packageFiles,
  type PackageFilesOptions,
  type PinnedPackage,
} from "./registry/package-files.ts";
export { type Selection, slice } from "./slice.ts";
