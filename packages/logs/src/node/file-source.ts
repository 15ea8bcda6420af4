import { open } from "node:fs/promises";
import type { ByteSource } from "../zip/byte-source.ts";

const piece = 2 ** 18;

/** A source on a file, which stays open until `close`. */
export async function fileSource(path: string | URL): Promise<ByteSource> {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    size,
    async *bytes(start, end) {
      for (let at = start; at < end;) {
        const buffer = new Uint8Array(Math.min(piece, end - at));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        // A file that has become shorter ends here; the reader sees that bytes are missing.
        if (bytesRead === 0) return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    close: () => file.close(),
  };
}
