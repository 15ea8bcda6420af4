import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { create } from "tar";
import type { PinnedPackage } from "../src/registry/package-files.ts";

/** A package registry on this machine. */
export interface LocalRegistry {
  url: string;
  /** The path of every request, in order. */
  requests: string[];
  /** A version of the package with the hash of its archive. */
  pin: (version: string) => PinnedPackage;
  close: () => void;
}

/** Serves one package: the files of each of its versions, the last one as the newest. */
export async function localRegistry(
  name: string,
  versions: { [version: string]: { [path: string]: string } },
): Promise<LocalRegistry> {
  const archives = new Map<string, Buffer>();
  for (const [version, files] of Object.entries(versions)) {
    archives.set(
      version,
      await archive({ "package.json": JSON.stringify({ name, version }), ...files }),
    );
  }
  const pin = (version: string) => {
    const hash = createHash("sha512").update(archives.get(version)!).digest("base64");
    return { package: name, version, integrity: `sha512-${hash}` };
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url!);
    const version = /-(\d[^/]*)\.tgz$/.exec(request.url!)?.[1];
    const bytes = version === undefined ? undefined : archives.get(version);
    if (bytes !== undefined) response.end(bytes);
    else if (request.url === `/${name}`) {
      const manifests = [...archives.keys()].map((version) => {
        const tarball = `${url()}${name}/-/${name}-${version}.tgz`;
        return [version, { name, version, dist: { tarball, integrity: pin(version).integrity } }];
      });
      response.setHeader("content-type", "application/json");
      const latest = [...archives.keys()].at(-1);
      response.end(
        JSON.stringify({ name, "dist-tags": { latest }, versions: Object.fromEntries(manifests) }),
      );
    } else response.writeHead(404).end("{}");
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: url(), requests, pin, close: () => server.close() };
}

async function archive(files: { [path: string]: string }): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "codegen-archive-"));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, "package", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const file = join(folder, "archive.tgz");
  await create({ gzip: true, file, cwd: folder, portable: true }, ["package"]);
  return readFileSync(file);
}
