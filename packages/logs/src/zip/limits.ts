import { checkValue, kinds, type OptionKind, unknownOption } from "@workflow-runs/core/support";
import { ArchiveLimitError } from "./errors.ts";

/** Limits on what an archive may cost. Each has a default that no real log archive has come near. */
export interface Limits {
  /**
   * Entries in the archive. Error code `too-many-entries`.
   * @default 100000
   */
  readonly entries: number;
  /**
   * Bytes of the archive itself. Error code `archive-too-large`.
   * @default 4294967296
   */
  readonly archiveSize: number;
  /**
   * Bytes of one entry, unpacked. Error code `entry-too-large`.
   * @default 4294967296
   */
  readonly entrySize: number;
  /**
   * Bytes of all entries together, unpacked. Error code `archive-too-large`.
   * @default 17179869184
   */
  readonly totalSize: number;
  /**
   * Unpacked size of an entry over its packed size, looked at from 16 MiB on; deflate's own maximum is 1,032. Error
   * code `compression-ratio`.
   * @default 400
   */
  readonly ratio: number;
  /**
   * Bytes of the central directory. Error code `directory-too-large`.
   * @default 67108864
   */
  readonly directorySize: number;
  /**
   * Bytes of one line; the longest seen in real logs has 1.6 MB. Error code `line-too-long`.
   * @default 67108864
   */
  readonly lineLength: number;
  /**
   * Bytes that `text()` may gather. Error code `text-too-large`.
   * @default 536870912
   */
  readonly textSize: number;
}

/** Limits over the defaults; what is `undefined` counts as absent. */
export type LimitOptions = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

const MiB = 2 ** 20;
const GiB = 2 ** 30;

/** The limits that hold where the caller gives none. */
export const defaultLimits: Limits = {
  entries: 100_000,
  archiveSize: 4 * GiB,
  entrySize: 4 * GiB,
  totalSize: 16 * GiB,
  ratio: 400,
  directorySize: 64 * MiB,
  lineLength: 64 * MiB,
  textSize: 512 * MiB,
};

const ratioFrom = 16 * MiB;

const limitKind: OptionKind = {
  allows: (value) => typeof value === "number" && value > 0,
  words: "a number above 0",
};

/**
 * The caller's limits over the defaults.
 * @param caller the function whose option they are
 * @throws {ParameterError} for a limit that is not a positive number, or that does not exist
 */
export function withDefaults(
  limits: LimitOptions | undefined = {},
  caller = "openRunLogs",
): Limits {
  checkValue(caller, "limits", limits, kinds.object);
  const names = Object.keys(defaultLimits).map((name) => `limits.${name}`);
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(defaultLimits, name)) throw unknownOption(caller, `limits.${name}`, names);
    checkValue(caller, `limits.${name}`, value, limitKind);
  }
  const passed = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(passed) };
}

/** Throws when an entry of this size, unpacked, is more than allowed. */
export function checkEntrySize(
  { entrySize, ratio }: Limits,
  entry: string,
  size: number,
  compressedSize: number,
): void {
  if (size > entrySize)
    throw new ArchiveLimitError(
      "entry-too-large",
      "entrySize",
      entrySize,
      `unpacks to ${size} bytes or more`,
      entry,
    );
  if (size > ratioFrom && size > compressedSize * ratio)
    throw new ArchiveLimitError(
      "compression-ratio",
      "ratio",
      ratio,
      `${compressedSize} bytes unpack to ${size} or more, ${Math.floor(size / compressedSize)} times as many`,
      entry,
    );
}

/** Throws when all entries so far, unpacked, are more than allowed. */
export function checkTotalSize({ totalSize }: Limits, size: number): void {
  if (size > totalSize)
    throw new ArchiveLimitError(
      "archive-too-large",
      "totalSize",
      totalSize,
      `the entries unpack to ${size} bytes or more`,
    );
}

/** Throws when the archive has more entries than allowed. */
export function checkEntryCount({ entries }: Limits, count: number): void {
  if (count > entries)
    throw new ArchiveLimitError(
      "too-many-entries",
      "entries",
      entries,
      `the archive has ${count} entries or more`,
    );
}

/** Throws when the archive itself is larger than allowed. */
export function checkArchiveSize({ archiveSize }: Limits, size: number): void {
  if (size > archiveSize)
    throw new ArchiveLimitError(
      "archive-too-large",
      "archiveSize",
      archiveSize,
      `the archive has ${size} bytes or more`,
    );
}
