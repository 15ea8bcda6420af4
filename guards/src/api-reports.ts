import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const root = resolve(import.meta.dirname, "../..");
/** Where the committed reports are. */
export const reportsFolder: string = join(root, "guards/api");

/** One entry point of a published package. */
export interface EntryPoint {
  /** `core`, `core-support`. */
  readonly name: string;
  readonly packageFolder: string;
  /** Path of its built declarations. */
  readonly declarations: string;
}

/** Every entry point that has declarations of its own; generated types are held by the regeneration's own reports. */
export function entryPoints(): EntryPoint[] {
  return globSync("packages/*/package.json", { cwd: root })
    .toSorted()
    .flatMap((path) => {
      const packageFolder = join(root, path, "..");
      const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as {
        publishConfig: { exports: Readonly<Record<string, { types?: string } | string>> };
      };
      return Object.entries(manifest.publishConfig.exports).flatMap(([entry, target]) => {
        const types = typeof target === "string" ? undefined : target.types;
        if (types === undefined || types.endsWith(".gen.d.ts") || entry.includes("*")) return [];
        const name = `${basename(packageFolder)}${entry.slice(1).replaceAll("/", "-")}`;
        return { name, packageFolder, declarations: join(packageFolder, types) };
      });
    });
}

/** The report of an entry point: all it exports, without the docs, in a stable order. */
export async function apiReport({
  name,
  packageFolder,
  declarations,
}: EntryPoint): Promise<string> {
  if (!existsSync(declarations))
    throw new Error(`${declarations} is not there: build the packages first (pnpm build).`);
  const folder = await mkdtemp(join(tmpdir(), "workflow-runs-api-"));
  try {
    await mkdir(join(folder, "temporary"));
    const silent = { default: { logLevel: "none" as never } };
    const config = ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(packageFolder, "package.json"),
      configObject: {
        projectFolder: packageFolder,
        newlineKind: "lf",
        mainEntryPointFilePath: declarations,
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: "es2022",
              lib: ["es2023", "dom", "dom.iterable", "esnext.disposable"],
              module: "nodenext",
              moduleResolution: "nodenext",
              skipLibCheck: true,
              types: [],
            },
            files: [declarations],
          },
        },
        apiReport: {
          enabled: true,
          reportFileName: name,
          reportFolder: folder,
          reportTempFolder: join(folder, "temporary"),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: silent,
          extractorMessageReporting: silent,
          tsdocMessageReporting: silent,
        },
      },
    });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
      },
    });
    return await readFile(join(folder, `${name}.api.md`), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main)
  for (const entry of entryPoints())
    await writeFile(join(reportsFolder, `${entry.name}.api.md`), await apiReport(entry));
