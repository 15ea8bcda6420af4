import type { GraphQLError, TypeNode, VariableDefinitionNode } from "graphql";

/** A field that a token may not read. */
export class ForbiddenError extends Error {
  // `graphql` puts it into the response.
  readonly extensions = { saml_failure: false };
}

/** A page that cannot be given, in GitHub's words. */
export class PageError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A cursor that no list has given (the README of octokit/graphql.js shows it). */
export function cursorError(cursor: string): PageError {
  return new PageError(
    "INVALID_CURSOR_ARGUMENTS",
    `\`${cursor}\` does not appear to be a valid cursor.`,
  );
}

/** Why a connection gives no page of that size; undefined when it does (dillonkearns/elm-graphql shows the first). */
export function sizeError(
  connection: string,
  first: number | null | undefined,
): PageError | undefined {
  if (first === undefined || first === null) {
    return new PageError(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${connection}\` connection.`,
    );
  }
  if (first < 0) {
    return new PageError(
      "INVALID_PAGINATION_BOUNDARIES",
      `\`first\` on the \`${connection}\` connection cannot be less than zero.`,
    );
  }
  return first > 100
    ? new PageError(
        "EXCESSIVE_PAGINATION",
        `Requesting ${first} records on the \`${connection}\` connection exceeds the \`first\` limit of 100 records.`,
      )
    : undefined;
}

/** How types are written, and the words of an enum. */
export interface SchemaWords {
  signature: (type: TypeNode) => string;
  enums: (name: string) => readonly string[] | undefined;
}

/** GitHub's errors say of what type they are, and have words of their own for variables. */
export function errorBody(
  error: GraphQLError,
  variables: Readonly<Record<string, unknown>>,
  schema: SchemaWords,
): object {
  const [node] = error.nodes ?? [];
  if (node !== undefined && "variable" in node && error.path === undefined)
    return variableError(error, node, variables, schema);
  const type = typeOf(error);
  return { ...(type === undefined ? {} : { type }), ...error.toJSON() };
}

function typeOf({ message, originalError }: GraphQLError): string | undefined {
  if (originalError instanceof ForbiddenError) return "FORBIDDEN";
  if (originalError instanceof PageError) return originalError.type;
  return message.startsWith("Could not resolve to") ? "NOT_FOUND" : undefined;
}

/**
 * What GitHub says of a variable that does not fit, as its graphql-ruby words it (octokit/graphql-action#219,
 * open-sauced/open-sauced#524).
 */
function variableError(
  { message, locations }: GraphQLError,
  { variable, type }: VariableDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  { enums, signature }: SchemaWords,
): object {
  const name = variable.name.value;
  const value = variables[name] ?? null;
  const path = pathIn(message, name);
  const wrong = path.reduce<unknown>(
    (holder, key) => (holder as Readonly<Record<string, unknown>>)[key],
    value,
  );
  const whole = signature(type);
  const named = whole.replaceAll(/[![\]]/g, "");
  const explanation = explain(wrong ?? null, named, enums(named));
  const where = path.length === 0 ? "" : ` for ${path.join(".")} (${explanation})`;
  return {
    message: `Variable $${name} of type ${whole} was provided invalid value${where}`,
    locations,
    extensions: { value, problems: [{ path, explanation }] },
  };
}

/** Where in a variable graphql-js has found what does not fit: `at "states[0]"`. */
function pathIn(message: string, name: string): (string | number)[] {
  const at = new RegExp(` at "${name}([^"]*)"`).exec(message)?.[1] ?? "";
  return [...at.matchAll(/\[(\d+)\]|\.(\w+)/g)].map(([, index, key]) =>
    index === undefined ? (key as string) : Number(index),
  );
}

function explain(value: unknown, name: string, words: readonly string[] | undefined): string {
  if (value === null) return "Expected value to not be null";
  return words === undefined
    ? `Could not coerce value ${JSON.stringify(value)} to ${name}`
    : `Expected ${JSON.stringify(value)} to be one of: ${words.join(", ")}`;
}
