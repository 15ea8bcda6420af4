// In place of the test runner, for a process that loads the same tests again and again: collects tests, and runs them plainly.
import { expect } from "vitest";

export { expect };

type Body = (...row: never[]) => unknown;
type Declare = (name: string, ...rest: (Body | object | number)[]) => void;

const tests: { readonly name: string; readonly body: () => unknown }[] = [];
let within = "";

function eachOf(declare: Declare) {
  return (rows: readonly unknown[]): Declare =>
    (name, ...rest) => {
      const body = bodyOf(rest);
      for (const [index, row] of rows.entries())
        declare(`${name} #${index}`, () =>
          body(...((Array.isArray(row) ? row : [row]) as never[])),
        );
    };
}

const bodyOf = (rest: readonly unknown[]): Body =>
  rest.find((part) => typeof part === "function") as Body;

const declareTest: Declare = (name, ...rest) => {
  tests.push({ name: within + name, body: bodyOf(rest) });
};

const declareGroup: Declare = (name, ...rest) => {
  const outside = within;
  within += `${name}: `;
  bodyOf(rest)();
  within = outside;
};

export const test = Object.assign(declareTest, { each: eachOf(declareTest) });
export const describe = Object.assign(declareGroup, { each: eachOf(declareGroup) });

/** Names of the tests that fail, one after the other. */
export async function* failingTests(): AsyncGenerator<string, void, undefined> {
  for (const { name, body } of tests) {
    const failed = await Promise.resolve()
      .then(body)
      .then(
        () => false,
        () => true,
      );
    if (failed) yield name;
  }
}
