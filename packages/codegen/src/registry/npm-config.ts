import Config from "@npmcli/config";
import npm from "@npmcli/config/lib/definitions/index.js";

/** npm's own settings (registry, proxy, token, cache …) from its files and environment, in the form pacote takes. */
export async function npmOptions(
  cwd: string = process.cwd(),
): Promise<{ [option: string]: unknown }> {
  const config = new Config({
    npmPath: import.meta.dirname,
    definitions: npm.definitions,
    shorthands: npm.shorthands,
    flatten: npm.flatten,
    argv: [process.execPath, "npm"],
    env: process.env,
    execPath: process.execPath,
    platform: process.platform,
    cwd,
  });
  await config.load();
  return config.flat;
}
