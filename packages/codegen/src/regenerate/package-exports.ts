import { isObject, type Json, type JsonObject } from "../json.ts";

/**
 * The text of a package.json whose `exports` (and `publishConfig.exports`) have a subpath for the types of each
 * fragment and none for those that are gone. The first fragment is the package's root and has no subpath.
 */
export function withTypeExports(text: string, names: readonly string[]): string {
  const manifest = JSON.parse(text) as JsonObject;
  const subpaths = names.slice(1);
  const exports = withSubpaths(manifest["exports"], subpaths, (name) => `./src/${name}.gen.ts`);
  const published = isObject(manifest["publishConfig"]) ? manifest["publishConfig"] : {};
  const publishedExports = withSubpaths(published["exports"], subpaths, (name) => ({
    types: `./dist/${name}.gen.d.ts`,
    default: `./dist/${name}.gen.js`,
  }));
  const changed = {
    ...manifest,
    exports,
    publishConfig: { ...published, exports: publishedExports },
  };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

function withSubpaths(
  given: Json | undefined,
  names: readonly string[],
  target: (name: string) => Json,
): JsonObject {
  const kept = Object.entries(isObject(given) ? given : {}).filter(
    ([subpath, value]) => !isGenerated(subpath, value),
  );
  const generated = names.map((name): [string, Json] => [`./${name}`, target(name)]);
  // The root stays first, `./package.json` last, as people look for them there.
  const place = kept.findIndex(([subpath]) => subpath !== ".");
  const index = place === -1 ? kept.length : place;
  return Object.fromEntries([...kept.slice(0, index), ...generated, ...kept.slice(index)]);
}

/** Whether a subpath is one of ours: `./ghec` for the file `ghec.gen`. */
function isGenerated(subpath: string, value: Json): boolean {
  const file = isObject(value) ? value["default"] : value;
  const name = typeof file === "string" ? /\/([^/]+)\.gen\.[jt]s$/.exec(file)?.[1] : undefined;
  return name !== undefined && subpath === `./${name}` && name !== "operations";
}
