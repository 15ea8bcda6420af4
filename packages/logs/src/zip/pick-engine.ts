import type { Engine } from "./engine.ts";
import { type NodeZlib, nodeEngine } from "./node-engine.ts";
import { webEngine } from "./web-engine.ts";

interface ProcessLike {
  versions?: Record<string, string | undefined>;
  getBuiltinModule?: (name: string) => unknown;
}

/**
 * The engine for this platform: node:zlib on Node, DecompressionStream elsewhere. node:zlib is taken at run
 * time, so that nothing of Node is in a browser's bundle.
 */
export function pickEngine(
  process: ProcessLike | undefined = (globalThis as { process?: ProcessLike }).process,
): Engine {
  const { versions, getBuiltinModule } = process ?? {};
  // Bun and Deno have node:zlib too, but its streams count the bytes they took differently.
  const isNode = versions?.["node"] && !versions["bun"] && !versions["deno"];
  const zlib =
    isNode || typeof DecompressionStream === "undefined"
      ? (getBuiltinModule?.("node:zlib") as Partial<NodeZlib> | undefined)
      : undefined;
  return zlib?.crc32 && zlib.createInflateRaw ? nodeEngine(zlib as NodeZlib) : webEngine();
}
