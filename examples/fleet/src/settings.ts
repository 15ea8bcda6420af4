/** What a process of the fleet reads from its environment. */
export interface Settings {
  /** `GITHUB_TOKEN`: a token of a person or of GitHub Actions. */
  readonly token: string | undefined;
  /** `GITHUB_APP_ID` and `GITHUB_APP_PRIVATE_KEY`: a GitHub App, whose installation in an organisation gives the tokens. */
  readonly app: { readonly id: string; readonly privateKey: string } | undefined;
  /** `GITHUB_API_URL` */
  readonly apiUrl: string;
  /** `DATABASE_URL`: `postgres://…`, or the path of a SQLite file. */
  readonly databaseUrl: string | undefined;
  /** `REDIS_URL`: `redis://user:password@host:port/database`, or `rediss://` with TLS. */
  readonly redisUrl: string;
  /** `SINCE`: oldest run to copy, as `2026-01-31`. */
  readonly since: string | undefined;
  /** `ATTEMPTS=all`: earlier attempts, too, with a request for each. */
  readonly attempts: boolean;
  /** `JOBS_DAYS`: the jobs of runs that are no older than so many days, with a request for each run. 0: none. */
  readonly jobsDays: number;
  /** `CONCURRENCY`: repositories that a worker reads at once. */
  readonly concurrency: number;
  /** `LOCK_DURATION`: after so many milliseconds without a sign of life a worker's jobs go to another one. */
  readonly lockDuration: number;
  /** `OUTAGE_WAIT`: wait after the first outage, in milliseconds. */
  readonly outageWait: number;
}

/** @throws {Error} for a variable that cannot be what it says, before anything is done */
export function settings(environment: NodeJS.ProcessEnv = process.env): Settings {
  // An empty variable, as an unset secret leaves it, is none.
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const number = (name: string, standard: number, least: number): number => {
    const text = read(name) ?? `${standard}`;
    if (!/^\d+$/.test(text) || Number(text) < least)
      throw new Error(`${name} is ${text}, not a whole number of ${least} or more.`);
    return Number(text);
  };
  const [id, privateKey] = [read("GITHUB_APP_ID"), read("GITHUB_APP_PRIVATE_KEY")];
  if ((id === undefined) !== (privateKey === undefined))
    throw new Error("An App needs both GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.");
  const since = read("SINCE");
  if (since !== undefined && !(/^\d{4}-\d{2}-\d{2}/.test(since) && Date.parse(since) > 0))
    throw new Error(`SINCE is ${since}, not a day as 2026-01-31.`);
  const attempts = read("ATTEMPTS");
  if (attempts !== undefined && attempts !== "all")
    throw new Error(`ATTEMPTS is ${attempts}, not "all".`);
  return {
    token: read("GITHUB_TOKEN"),
    app: id && privateKey ? { id, privateKey: privateKey.replaceAll("\\n", "\n") } : undefined,
    apiUrl: (read("GITHUB_API_URL") ?? "https://api.github.com").replace(/\/+$/, ""),
    databaseUrl: read("DATABASE_URL"),
    redisUrl: read("REDIS_URL") ?? "redis://127.0.0.1:6379",
    since,
    attempts: attempts === "all",
    jobsDays: number("JOBS_DAYS", 0, 0),
    concurrency: number("CONCURRENCY", 4, 1),
    lockDuration: number("LOCK_DURATION", 60_000, 1000),
    outageWait: number("OUTAGE_WAIT", 5000, 1),
  };
}
