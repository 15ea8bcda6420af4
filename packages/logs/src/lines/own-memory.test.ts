import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test("the package can be loaded where classes of the platform are missing, as in Jest's jsdom", async () => {
  const missing = [
    "Blob",
    "DecompressionStream",
    "ReadableStream",
    "Request",
    "Response",
    "TextDecoder",
    "TextEncoder",
    "fetch",
  ];
  for (const name of missing) vi.stubGlobal(name, undefined);
  vi.resetModules();
  expect(await import("../index.ts")).toHaveProperty("openRunLogs");
  expect(await import("../node/index.ts")).toHaveProperty("extractRunLogs");
});
