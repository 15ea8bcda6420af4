/** The exit codes of every command, also in the README. */
export const ExitCode = {
  /** Done; for `watch` and `logs --follow`: the run succeeded (or was neutral or skipped). */
  ok: 0,
  /** GitHub or the network said no, `logs --grep` found nothing, or something unexpected. */
  error: 1,
  /** Unknown command or option, a bad value, no repository. Nothing was sent. */
  usage: 2,
  /** `watch`, `logs --follow`, `rerun --watch`: the run finished without success. */
  runFailed: 3,
  /** GitHub wants a token, or another one. */
  authentication: 4,
  /** The run, job or repository does not exist, or the token cannot see it; or its logs are gone. */
  notFound: 5,
  /** `--timeout` ran out. */
  timeout: 6,
  /** The rate limit is used up. */
  rateLimit: 7,
  /** Ctrl-C. */
  interrupted: 130,
  /** SIGTERM. */
  terminated: 143,
} as const;

/** One of {@link ExitCode}'s values. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
