import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ArtifactRecord } from "../state/records.ts";
import { zip } from "./zip.ts";

/** What the API says of an artifact's zip. */
export interface ArchiveFacts {
  /** Length of the zip in bytes. */
  size: number;
  /** `sha256:` and the hexadecimal hash of the zip. */
  digest: string;
}

/** The zip of an artifact. */
export function artifactArchive({ files }: ArtifactRecord): AsyncIterable<Uint8Array<ArrayBuffer>> {
  const entries = Object.entries(files).map(([name, content]) => ({
    name,
    content: () => [bytesOf(content)],
  }));
  return zip(entries);
}

function bytesOf(content: ArtifactRecord["files"][string]): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  return Uint8Array.from(atob(content.base64), (letter) => letter.codePointAt(0) as number);
}

const known = new WeakMap<ArtifactRecord, Promise<ArchiveFacts>>();

/** Length and hash of an artifact's zip, which is made once for that. */
export function archiveFacts(artifact: ArtifactRecord): Promise<ArchiveFacts> {
  const facts = known.get(artifact) ?? measured(artifact);
  known.set(artifact, facts);
  return facts;
}

async function measured(artifact: ArtifactRecord): Promise<ArchiveFacts> {
  const hash = sha256.create();
  let size = 0;
  for await (const chunk of artifactArchive(artifact)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, digest: `sha256:${bytesToHex(hash.digest())}` };
}
