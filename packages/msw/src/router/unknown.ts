import { problem, type Reply } from "../responses/reply.ts";

/** The answer to a request below the base URL that the fake does not imitate. */
export function unknownRoute(_request: { method: string; pathname: string }): Reply {
  return problem(404, "Not Found", "https://docs.github.com/rest");
}
