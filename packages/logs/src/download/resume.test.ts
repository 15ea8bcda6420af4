import { expect, test } from "vitest";
import type { ArchiveResponse, ArchiveHost } from "./archive-host.ts";
import { DownloadError } from "./download-error.ts";
import { resumed } from "./resume.ts";

const total = 100;

/** A response with the first ten of a hundred bytes. */
function beginning(): ArchiveResponse {
  const response = new Response(new Uint8Array(10), { status: 206 });
  return { response, url: "https://storage/1", total, etag: "1", ranges: true, from: 0, upTo: 10 };
}

test("a host that gives the beginning and nothing else is an error, not a download without end", async () => {
  let opened = 0;
  const host: ArchiveHost = {
    open: () => Promise.resolve(beginning()).finally(() => opened++),
    part: () => Promise.resolve(undefined),
  };
  let received = 0;
  const reading = (async () => {
    for await (const piece of resumed(host, beginning(), undefined, Infinity))
      received += piece.length;
  })();
  await expect(reading).rejects.toThrow(DownloadError);
  await expect(reading).rejects.toThrow("broke off after 10 of 100 bytes");
  expect(received).toBe(10);
  expect(opened).toBeLessThanOrEqual(4);
});
