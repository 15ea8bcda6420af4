import {
  createActionsFake,
  type ActionsFake,
  type ActionsFakeOptions,
  type FakeRepository,
} from "../src/index.ts";
import { asker, type Ask } from "./ask.ts";
import { checkResponse, isDescribed, versionOf } from "./validation.ts";

/** When the tests' clocks stand. */
export const start: number = Date.parse("2026-11-01T10:00:00Z");

/**
 * A fake with one repository and a client. Whatever any client gets from `fake.fetch` is held against
 * the description, and requests that it does not know are rejected.
 */
export function setUp(options: ActionsFakeOptions = {}): {
  fake: ActionsFake;
  repository: FakeRepository;
  ask: Ask;
} {
  const fake = createActionsFake({ clock: () => start, onInvalidRequest: "error", ...options });
  const unchecked = fake.fetch;
  const checked: typeof fetch = async (input, init) => {
    const before = fake.requests.length;
    const response = await unchecked(input, init);
    const [request, more] = fake.requests.slice(before);
    const onApi =
      response.url.startsWith(fake.baseUrl) && response.headers.has("x-github-request-id");
    // Several at once cannot be told apart, and what a fault did is not GitHub's.
    if (request === undefined || more !== undefined || !onApi || response.status !== request.status)
      return response;
    const whole = !response.headers.has("content-length");
    const text = whole ? await response.clone().text() : "";
    if (response.status !== 304 && text !== "" && isJson(text)) {
      const { operation } = request;
      if (isDescribed(operation)) {
        checkResponse(operation, response.status, JSON.parse(text), versionOf(response.headers));
      }
    }
    return response;
  };
  Object.assign(fake, { fetch: checked });
  return { fake, repository: fake.repository("octo-org/octo-repo"), ask: asker(fake) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
