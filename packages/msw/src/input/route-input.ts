import { check, callback, is, type Check } from "./check.ts";

/** Whether it is a method and a path, as `fake.handle` takes them. */
export function isRoute(value: unknown): boolean {
  return typeof value === "string" && /^(?:DELETE|GET|PATCH|POST|PUT) \/\S*$/.test(value);
}

const route: Check = is(
  'a route: give a method and a path such as "GET /repos/:owner/:repo/topics"',
  isRoute,
);

/** @throws {InvalidInputError} when it is no route, or nothing to be called */
export function checkHandler(value: unknown, handler: unknown): void {
  check(route, value, { call: "handle", path: "route" });
  check(callback, handler, { call: "handle", path: "handler" });
}
