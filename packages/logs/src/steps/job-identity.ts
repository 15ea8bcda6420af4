const runnerNames = [
  /^Runner name: '(.*)'$/,
  /^Job is about to start running on the (?:hosted )?runner: (.*?)(?: \((?:organization|repository|enterprise)\))?$/,
];

/** How the lines begin that {@link JobIdentity} knows. */
export const identityLines: readonly string[] = [
  "Complete job name",
  "Runner name",
  "Job is about to",
  "Evaluating strategy",
  "##[section]Starting: Prepare job",
];

/** Whose log it is, by its first lines. */
export class JobIdentity {
  /** The job's name as in the workflow, from `Complete job name: …`. */
  jobName: string | undefined;
  /** Name of the runner; the API's `runner_name`. */
  runnerName: string | undefined;
  /** It is GitHub's notes on the strategy, not the log of a job. */
  strategy = false;

  /** The next message, and the number of its line. */
  read(message: string, line: number): void {
    if (message.startsWith("Complete job name: "))
      this.jobName ??= message.slice("Complete job name: ".length);
    if (this.runnerName === undefined && /^(?:Runner name|Job is about)/.test(message))
      this.runnerName = runnerNames.map((form) => form.exec(message)?.[1]).find(Boolean);
    if (line === 0)
      this.strategy =
        message.startsWith("##[section]Starting: Prepare job ") ||
        message.startsWith("Evaluating strategy");
  }
}
