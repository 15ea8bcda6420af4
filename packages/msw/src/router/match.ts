import { operations } from "@workflow-runs/openapi-types/operations";
import type { OperationName } from "../rules/operation-name.ts";

/** An operation and the path parameters of a request, percent-decoded. */
export interface Match {
  operation: OperationName;
  path: Record<string, string>;
}

interface Pattern {
  operation: OperationName;
  method: string;
  expression: RegExp;
  names: readonly string[];
}

const patterns: readonly Pattern[] = /* @__PURE__ */ compile();

function compile(): Pattern[] {
  return Object.entries(operations).map(([operation, { method, path, pathParameters }]) => ({
    operation: operation as OperationName,
    method: method.toUpperCase(),
    expression: new RegExp(
      `^${path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, "([^/]+)")}$`,
    ),
    names: pathParameters,
  }));
}

/**
 * Finds the operation of a request.
 *
 * @param pathname below the API's base, e.g. `/repos/cli/cli/actions/runs`
 */
export function matchOperation(method: string, pathname: string): Match | undefined {
  // HEAD is answered as GET, as HTTP wants it.
  const verb = method === "HEAD" ? "GET" : method;
  for (const pattern of patterns) {
    if (pattern.method !== verb) continue;
    const match = pattern.expression.exec(pathname);
    if (match === null) continue;
    const path: Record<string, string> = {};
    for (const [index, name] of pattern.names.entries()) {
      path[name] = decode(match[index + 1] as string);
    }
    return { operation: pattern.operation, path };
  }
  return undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
