import {
  createActionsFake,
  type ActionsFake,
  type ActionsFakeOptions,
  type FakeRepository,
} from "../src/index.ts";
import { asker, type Ask } from "./ask.ts";

/** When the tests' clocks stand. */
export const start: number = Date.parse("2026-11-01T10:00:00Z");

/** A fake with one repository and a client that checks everything against the description. */
export function setUp(options: ActionsFakeOptions = {}): {
  fake: ActionsFake;
  repository: FakeRepository;
  ask: Ask;
} {
  const fake = createActionsFake({ clock: () => start, onInvalidRequest: "error", ...options });
  return { fake, repository: fake.repository("octo-org/octo-repo"), ask: asker(fake) };
}
