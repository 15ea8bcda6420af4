import type { ExploreOptions } from "../explore/explore.ts";
import { exploreFaults, type ExploreFault } from "../explore/faults.ts";
import { check, callback, listOf, object, oneOf, whole, type Check } from "./check.ts";

const names = Object.fromEntries(exploreFaults.map((fault) => [fault, true])) as Record<
  ExploreFault,
  true
>;

const options: Check = object<ExploreOptions>({
  faults: listOf(oneOf(names)),
  timeout: whole(1),
});

/** @throws {InvalidInputError} when an option cannot be used */
export function checkExplore(test: unknown, given: unknown): void {
  check(callback, test, { call: "explore", path: "test" });
  check(options, given, { call: "explore", path: "" });
}
