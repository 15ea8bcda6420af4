import { describe, expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { Description } from "../description.ts";
import type { JsonObject } from "../json.ts";
import { badExamples } from "./examples.ts";

function withExample(
  value: JsonObject | null,
  change: (thing: JsonObject) => void = () => {},
): Description {
  const description = smallDescription();
  description.components["examples"]!["thing"] = { value };
  change(description.components["schemas"]!["thing"] as JsonObject);
  return description;
}

const good = { id: 1, name: "Cup", state: "open", owner: { login: "octocat" } };

test("an example that fits its schema is not listed", () => {
  expect(badExamples(smallDescription())).toEqual([]);
});

describe("an example that does not fit is listed with its location and the reason", () => {
  test.each([
    ["null for an object", null, 'Instance type "null" is invalid. Expected "object"'],
    [
      "a required field is missing",
      { id: 1, name: "Cup", state: "open" },
      'Instance does not have required property "owner"',
    ],
    [
      "a value outside an enum",
      { ...good, state: "lost" },
      'state: Instance does not match any of ["open","closed"]',
    ],
  ])("%s", (_, value, problem) => {
    expect(badExamples(withExample(value))).toEqual([
      { pointer: "/components/examples/thing", problem },
    ]);
  });

  test("in a request body, written in location", () => {
    const description = smallDescription();
    const body = (
      description.paths["/things"]!["post"] as {
        requestBody: { content: { "application/json": JsonObject } };
      }
    ).requestBody;
    body.content["application/json"]["example"] = { size: "small" };
    expect(badExamples(description)).toMatchObject([
      { pointer: "/paths/~1things/post/requestBody/content/application~1json/example" },
    ]);
  });
});

test("nullable and exclusive bounds mean what OpenAPI 3.0 says", () => {
  const bounded = (minimum: number) =>
    withExample({ ...good, name: null }, (thing) => {
      const properties = thing["properties"] as { [name: string]: JsonObject };
      properties["name"]!["nullable"] = true;
      properties["id"] = { type: "integer", minimum, exclusiveMinimum: true };
    });
  expect(badExamples(bounded(0))).toEqual([]);
  expect(badExamples(bounded(1))).toMatchObject([{ problem: "id: 1 is less than or equal to 1" }]);
});

test("OpenAPI 3.1 is checked as JSON Schema 2020-12", () => {
  const description = withExample({ ...good, name: null }, (thing) => {
    (thing["properties"] as { [name: string]: JsonObject })["name"] = { type: ["string", "null"] };
  });
  expect(badExamples({ ...description, openapi: "3.1.0" })).toEqual([]);
});
