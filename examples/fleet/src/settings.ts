/** What a process of the fleet reads from its environment. */
export interface Settings {
  /** `GITHUB_TOKEN`: a token of a person or of GitHub Actions. */
  readonly token: string | undefined;
  /** `GITHUB_APP_ID` and `GITHUB_APP_PRIVATE_KEY`: a GitHub App, whose installation in an organisation gives the tokens. */
  readonly app: { readonly id: string; readonly privateKey: string } | undefined;
  /** `GITHUB_API_URL` */
  readonly apiUrl: string;
  /** `DATABASE_URL`: `postgres://…`, or the path of a SQLite file. */
  readonly databaseUrl: string;
  /** `REDIS_URL`: `redis://user:password@host:port/database`, or `rediss://` with TLS. */
  readonly redisUrl: string;
  /** `SINCE`: oldest run to copy, as `2026-01-31`. */
  readonly since: string | undefined;
  /** `ATTEMPTS=all`: earlier attempts, too, with a request for each. */
  readonly attempts: boolean;
  /** `JOBS_DAYS`: the jobs of runs that are no older than so many days, with a request for each run. 0: none. */
  readonly jobsDays: number;
}

export function settings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const {
    GITHUB_APP_ID: id,
    GITHUB_APP_PRIVATE_KEY: privateKey,
    JOBS_DAYS: jobsDays = "0",
  } = environment;
  if (!/^\d+$/.test(jobsDays)) throw new Error(`JOBS_DAYS is ${jobsDays}, not a number of days.`);
  return {
    token: environment["GITHUB_TOKEN"],
    app: id && privateKey ? { id, privateKey: privateKey.replaceAll("\\n", "\n") } : undefined,
    apiUrl: environment["GITHUB_API_URL"] ?? "https://api.github.com",
    databaseUrl: environment["DATABASE_URL"] ?? "runs.sqlite",
    redisUrl: environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
    since: environment["SINCE"],
    attempts: environment["ATTEMPTS"] === "all",
    jobsDays: Number(jobsDays),
  };
}
