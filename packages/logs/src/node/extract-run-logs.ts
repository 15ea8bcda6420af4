import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DownloadProgress } from "../download/collect.ts";
import { isLogSource, isUrl, type LogSource, streamOf } from "../log-source.ts";
import { checkOptions, checkValue, kinds } from "@workflow-runs/core/support";
import type { ByteSource } from "../zip/byte-source.ts";
import { type LimitOptions, withDefaults } from "../zip/limits.ts";
import { pickEngine } from "../zip/pick-engine.ts";
import { type StreamedEntry, streamArchive } from "../zip/stream-archive.ts";
import { fileSource } from "./file-source.ts";
import { createNameBook, safeFileName } from "./safe-file-name.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Options of `extractRunLogs`. */
export interface ExtractOptions {
  /** Called with the bytes of the archive read and, where known, the bytes in all. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Limits on what the archive may cost, over the defaults. */
  readonly limits?: LimitOptions | undefined;
  /** Stops the work; the promise then rejects with the signal's reason, and nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/** A file that was written. */
export interface ExtractedFile {
  /** The entry's name in the archive. */
  readonly path: string;
  /** The file's path in the folder: the same, but for what some file system could not take. */
  readonly file: string;
  /** Bytes written. */
  readonly size: number;
}

/**
 * Writes the files of a log archive into a folder, as they come, in bounded memory. The folder appears when
 * everything is written and checked, or not at all: until then the files are in a temporary folder beside it,
 * which is removed when anything goes wrong, on an abort, and on Ctrl-C.
 *
 * @param source as for `openRunLogs`, or the path of a file
 * @param folder must not exist, or be empty
 * @throws {ParameterError} when the folder is not empty
 * @throws {CorruptArchiveError} when the archive is damaged
 * @throws {UnsafeArchiveError} when it is made to deceive
 * @see https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs
 */
export async function extractRunLogs(
  source: LogSource | string | URL,
  folder: string,
  options: ExtractOptions = {},
): Promise<ExtractedFile[]> {
  checkOptions("extractRunLogs", options, {
    onProgress: kinds.callback,
    limits: kinds.object,
    signal: kinds.abortSignal,
  });
  checkValue("extractRunLogs", "source", source, {
    allows: (value) => isLogSource(value) || typeof value === "string" || isUrl(value),
    words: "a path, or a log archive (bytes, Blob, Response or stream)",
  });
  checkValue("extractRunLogs", "folder", folder, kinds.text);
  const { onProgress, limits: passed, signal } = options;
  signal?.throwIfAborted();
  const limits = withDefaults(passed, "extractRunLogs");
  const file = isLogSource(source) ? undefined : await fileSource(source);
  try {
    const { bytes, total } = file ? wholeOf(file) : streamOf(source as LogSource);
    const target = await temporaryFolder(folder);
    try {
      const files = await extractTo(
        target.path,
        streamArchive(counted(bytes, total, onProgress, signal), pickEngine(), limits),
      );
      await target.keep();
      return files;
    } catch (error) {
      await target.discard();
      throw error;
    }
  } finally {
    await file?.close?.();
  }
}

function wholeOf(file: ByteSource): { bytes: AsyncIterable<Uint8Array>; total: number } {
  return { bytes: file.bytes(0, file.size), total: file.size };
}

async function extractTo(
  folder: string,
  entries: AsyncIterable<StreamedEntry>,
): Promise<ExtractedFile[]> {
  const files: ExtractedFile[] = [];
  const names = createNameBook();
  for await (const entry of entries) {
    if (entry.path.endsWith("/")) {
      await mkdir(join(folder, names.folder(safeFileName(entry.path))), { recursive: true });
      continue;
    }
    const file = names.file(safeFileName(entry.path));
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // "wx": never into something that is there already.
    const handle = await open(join(folder, file), "wx");
    let size = 0;
    try {
      for await (const piece of entry.bytes()) {
        await handle.writeFile(piece);
        size += piece.length;
      }
    } finally {
      await handle.close();
    }
    files.push({ path: entry.path, file, size });
  }
  return files;
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  total: number | undefined,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0;
  for await (const piece of bytes) {
    signal?.throwIfAborted();
    received += piece.length;
    onProgress?.({ received, total });
    yield piece;
  }
}
