/**
 * Base of every error of core, pagination, watch and logs, except an abort, which stays the signal's own reason.
 * The second argument's fields become properties.
 */
export class WorkflowRunsError extends Error {
  // A constant survives a minifier, which the class's own name does not.
  override readonly name: string = "WorkflowRunsError";

  constructor(message: string, properties?: object) {
    super(message, properties as ErrorOptions);
    Object.assign(this, properties);
  }
}

/** A parameter or option is missing, unknown, or out of range. Nothing was sent. */
export class ParameterError extends WorkflowRunsError {
  /** Name of the parameter or option. */
  declare readonly parameter: string;

  override readonly name: string = "ParameterError";

  // oxlint-disable-next-line no-useless-constructor -- it requires more than WorkflowRunsError's
  constructor(message: string, properties: { parameter: string }) {
    super(message, properties);
  }
}
