import { WorkflowRunsError } from "@workflow-runs/core/support";

/** What is wrong with an archive, one word for each refusal. The fixtures of the tests carry these names. */
export type ArchiveErrorCode =
  | "not-a-zip"
  | "truncated"
  | "bad-deflate"
  | "crc-mismatch"
  | "size-mismatch"
  | "descriptor-mismatch"
  | "directory-mismatch"
  | "bad-directory"
  | "trailing-bytes"
  | "hidden-entry"
  | "overlapping-entries"
  | "duplicate-name"
  | "unsafe-name"
  | "invalid-name"
  | "symlink"
  | "ambiguous-entry"
  | "encrypted"
  | "unknown-method"
  | "unknown-flags"
  | "unknown-version"
  | "multiple-disks"
  | "too-many-entries"
  | "entry-too-large"
  | "archive-too-large"
  | "text-too-large"
  | "compression-ratio"
  | "directory-too-large"
  | "line-too-long";

/** Base of what this package throws about an archive's content. */
export class ArchiveError extends WorkflowRunsError {
  /** What is wrong, one word for each case. */
  readonly code: ArchiveErrorCode;
  /** Name of the entry it happened in, when it happened in one. */
  readonly entry: string | undefined;

  override readonly name: string = "ArchiveError";

  constructor(code: ArchiveErrorCode, message: string, entry?: string, options?: ErrorOptions) {
    super(entry === undefined ? message : `${JSON.stringify(entry)}: ${message}`, options);
    this.code = code;
    this.entry = entry;
  }
}

/** Bytes are missing or damaged. GitHub serves such archives now and then; fetching again may help. */
export class CorruptArchiveError extends ArchiveError {
  override readonly name: string = "CorruptArchiveError";
}

/** The archive is made to deceive its reader: names that leave the folder, hidden or overlapping entries. */
export class UnsafeArchiveError extends ArchiveError {
  override readonly name: string = "UnsafeArchiveError";
}

/** A form of zip that no log archive has: encryption, other compression methods, several disks. */
export class UnsupportedArchiveError extends ArchiveError {
  override readonly name: string = "UnsupportedArchiveError";
}

/** A limit was reached. The message names the number and the option that raises it. */
export class ArchiveLimitError extends ArchiveError {
  /** The option of `limits` that was reached. */
  readonly limit: string;
  /** Its value. */
  readonly maximum: number;

  override readonly name: string = "ArchiveLimitError";

  constructor(
    code: ArchiveErrorCode,
    limit: string,
    maximum: number,
    message: string,
    entry?: string,
  ) {
    super(
      code,
      `${message}; the limit is ${maximum}. Raise \`limits.${limit}\` if you trust the source.`,
      entry,
    );
    this.limit = limit;
    this.maximum = maximum;
  }
}
