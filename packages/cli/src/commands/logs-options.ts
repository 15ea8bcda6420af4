/** The options of `logs`. */
export interface LogsOptions {
  failed?: boolean;
  follow?: boolean;
  job?: string;
  step?: string;
  tail?: number;
  grep?: RegExp;
  last?: number;
  attempt?: number;
  context?: number;
  maxChars?: number;
  timestamps?: boolean;
  output?: string;
}
