/** The part of npm's own package that `npm-config.ts` uses; its published types are of an older version. */
declare module "@npmcli/config" {
  export default class Config {
    constructor(options: {
      npmPath: string;
      definitions: unknown;
      shorthands: unknown;
      flatten: unknown;
      argv: string[];
      env: NodeJS.ProcessEnv;
      execPath: string;
      platform: NodeJS.Platform;
      cwd: string;
    });
    readonly flat: { [option: string]: unknown };
    load(): Promise<void>;
  }
}

declare module "@npmcli/config/lib/definitions/index.js" {
  const npm: { definitions: unknown; shorthands: unknown; flatten: unknown };
  export default npm;
}
