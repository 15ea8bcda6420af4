/** What a description says of one operation, as far as serving a request needs it. */
export interface Described {
  /** GitHub's own, e.g. `actions/get-workflow-run`. */
  readonly id: string;
  readonly method: string;
  /** e.g. `/repos/{owner}/{repo}/actions/runs/{run_id}` */
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  readonly bodyProperties: readonly string[];
  readonly requiredBodyProperties: readonly string[];
  /** The page that errors point to in `documentation_url`. */
  readonly documentationUrl: string;
  /** Alternatives, each with all the permissions it needs; none for what any token may do. */
  readonly permissions?: readonly Readonly<Record<string, string>>[];
  /** Whether it works without a token on a public repository. */
  readonly publicRead?: boolean;
}
