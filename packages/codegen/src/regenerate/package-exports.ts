import { isObject, type Json, type JsonObject } from "../json.ts";

/**
 * The text of a package.json whose `exports` (and `publishConfig.exports`) have two subpaths for each fragment, its types
 * and its operations table, and none for those that are gone. The first fragment is the package's root, and its table
 * `./operations`: these two are left as they are.
 */
export function withTypeExports(text: string, names: readonly string[]): string {
  const manifest = JSON.parse(text) as JsonObject;
  const subpaths = names.slice(1).flatMap((name): [string, string][] => [
    [`./${name}`, `${name}.gen`],
    [`./${name}/operations`, `${name}.operations.gen`],
  ]);
  const exports = withSubpaths(manifest["exports"], subpaths, (file) => `./src/${file}.ts`);
  const published = isObject(manifest["publishConfig"]) ? manifest["publishConfig"] : {};
  const publishedExports = withSubpaths(published["exports"], subpaths, (file) => ({
    types: `./dist/${file}.d.ts`,
    default: `./dist/${file}.js`,
  }));
  const changed = {
    ...manifest,
    exports,
    publishConfig: { ...published, exports: publishedExports },
  };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

function withSubpaths(
  exports: Json | undefined,
  subpaths: readonly [subpath: string, file: string][],
  target: (file: string) => Json,
): JsonObject {
  const kept = Object.entries(isObject(exports) ? exports : {}).filter(
    ([subpath, value]) => !isGenerated(subpath, value),
  );
  const generated = subpaths.map(([subpath, file]): [string, Json] => [subpath, target(file)]);
  // The root stays first, `./package.json` last, as people look for them there.
  const afterRoot = kept.findIndex(([subpath]) => subpath !== ".");
  const index = afterRoot === -1 ? kept.length : afterRoot;
  return Object.fromEntries([...kept.slice(0, index), ...generated, ...kept.slice(index)]);
}

/** Whether a subpath is one of ours: `./ghec` for the file `ghec.gen`, `./ghec/operations` for `ghec.operations.gen`. */
function isGenerated(subpath: string, value: Json): boolean {
  const file = isObject(value) ? value["default"] : value;
  const name = typeof file === "string" ? /\/([^/]+)\.gen\.[jt]s$/.exec(file)?.[1] : undefined;
  if (name === undefined || name === "operations") return false;
  return subpath === `./${name}` || subpath === `./${name.replace(/\.operations$/, "/operations")}`;
}
