import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Parser } from "tar";
import { InputError } from "../errors.ts";

/** A version of an npm package, pinned by the hash of its archive. */
export interface PinnedPackage {
  /** The package's name, e.g. `@octokit/openapi`. */
  package: string;
  /** The exact version, e.g. `23.0.2`. */
  version: string;
  /** The archive's hash as npm writes it: `sha512-…`. */
  integrity: string;
}

/** Where the files of a package are kept, and what is called before a download. */
export interface PackageFilesOptions {
  /** The folder of the cache. @default `workflow-runs-codegen` in `$XDG_CACHE_HOME` or `~/.cache` */
  cache?: string | undefined;
  /** Called before a download, which takes a while. */
  onDownload?: ((message: string) => void) | undefined;
}

/**
 * The wanted files of a package as text, by their path in it. They come from the cache when they are there and are
 * what was downloaded; else from the registry that npm is configured for. Files the package lacks are left out.
 *
 * @throws {InputError} when the registry cannot be reached, or what it gives does not have the pinned integrity.
 */
export async function packageFiles(
  pinned: PinnedPackage,
  wanted: readonly string[],
  options: PackageFilesOptions = {},
): Promise<CachedPackage> {
  const folder = join(options.cache ?? defaultCache(), cacheName(pinned));
  const cached = await openCached(folder);
  if (cached !== undefined && wanted.every((path) => cached.covers(path))) return cached;
  options.onDownload?.(`downloading ${pinned.package}@${pinned.version}`);
  await download(pinned, wanted, folder);
  const downloaded = await openCached(folder);
  if (downloaded === undefined) throw new InputError(`${folder}: the cache cannot be written`);
  return downloaded;
}

/** The downloaded files of one version of a package. */
export interface CachedPackage {
  /** Every file that the package has, whether kept or not. */
  list: readonly string[];
  /** Whether the file was kept, or is known to be missing from the package. */
  covers: (path: string) => boolean;
  /** The text of a kept file. @throws {InputError} when the package lacks it, or the cache was changed. */
  read: (path: string) => Promise<string>;
}

interface Manifest {
  list: string[];
  /** SHA-256 of each kept file. */
  kept: { [path: string]: string };
}

async function openCached(folder: string): Promise<CachedPackage | undefined> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
  const { list, kept } = manifest;
  return {
    list,
    covers: (path) => kept[path] !== undefined || !list.includes(path),
    async read(path) {
      const file = join(folder, encodeURIComponent(path));
      if (kept[path] === undefined) throw new InputError(`the package has no file ${path}`);
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes === undefined || sha256(bytes) !== kept[path]) {
        await rm(join(folder, "manifest.json"), { force: true });
        throw new InputError(
          `${file}: the cached file was damaged; run the command again to download it anew`,
        );
      }
      return bytes.toString("utf8");
    },
  };
}

async function download(
  pinned: PinnedPackage,
  wanted: readonly string[],
  folder: string,
): Promise<void> {
  const spec = `${pinned.package}@${pinned.version}`;
  const fresh = await mkdir(dirname(folder), { recursive: true })
    .then(() => mkdtemp(`${folder}-`))
    .catch((error: unknown) => {
      throw new InputError(
        `${dirname(folder)}: downloads cannot be kept there: ${(error as Error).message}; choose another folder with --cache`,
        { cause: error },
      );
    });
  try {
    const manifest: Manifest = { list: [], kept: {} };
    const { npmOptions, pacote } = await registry();
    const options = { ...(await npmOptions()), integrity: pinned.integrity };
    await pacote.tarball.stream(
      spec,
      (stream: NodeJS.ReadableStream) => unpack(stream, wanted, fresh, manifest),
      options,
    );
    manifest.list.sort();
    await writeFile(join(fresh, "manifest.json"), JSON.stringify(manifest));
    const old = `${folder}-${randomUUID()}`;
    await rename(folder, old).catch(() => undefined);
    await rename(fresh, folder);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw new InputError(explain(error, spec, pinned.integrity), { cause: error });
  }
}

/** Writes the wanted files of a package's archive, one after the other as they come. */
async function unpack(
  stream: NodeJS.ReadableStream,
  wanted: readonly string[],
  folder: string,
  manifest: Manifest,
): Promise<void> {
  manifest.list = [];
  manifest.kept = {};
  const writes: Promise<void>[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      // Every entry of a package's archive stands in one folder, usually `package/`.
      const path = entry.path.slice(entry.path.indexOf("/") + 1);
      const isFile = entry.type === "File";
      if (isFile) manifest.list.push(path);
      if (!isFile || !wanted.includes(path)) {
        entry.resume();
        return;
      }
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => {
        const bytes = Buffer.concat(chunks);
        manifest.kept[path] = sha256(bytes);
        writes.push(writeFile(join(folder, encodeURIComponent(path)), bytes));
      });
    },
  });
  await pipeline(stream, parser as unknown as NodeJS.WritableStream);
  await Promise.all(writes);
}

function explain(error: unknown, spec: string, integrity: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EINTEGRITY") {
    return `${spec}: the registry's archive is not the pinned one (${integrity}); if the pin is wrong, move it with \`regenerate --update\``;
  }
  if (code === "E404" || code === "ETARGET") return `${spec}: the registry does not have it`;
  return `${spec}: cannot be downloaded: ${message.split("\n")[0]}`;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function defaultCache(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "workflow-runs-codegen");
}

/** One folder for each archive: another integrity is another archive. */
function cacheName({ package: name, version, integrity }: PinnedPackage): string {
  const hash = createHash("sha256").update(integrity).digest("hex").slice(0, 12);
  return `${name.replaceAll("/", "+")}@${version}-${hash}`;
}

/** The newest published version of a package and its integrity. */
export async function newestVersion(name: string): Promise<PinnedPackage> {
  try {
    const { npmOptions, pacote } = await registry();
    const manifest = await pacote.manifest(`${name}@latest`, await npmOptions());
    return { package: name, version: manifest.version, integrity: manifest._integrity };
  } catch (error) {
    throw new InputError(explain(error, name, ""), { cause: error });
  }
}

/** The registry's client is loaded only when something is downloaded: it takes 40 MB and a third of a second. */
async function registry() {
  const [{ default: pacote }, { npmOptions }] = await Promise.all([
    import("pacote"),
    import("./npm-config.ts"),
  ]);
  return { pacote, npmOptions };
}
