import { expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { Description } from "../description.ts";
import { isObject, type Json, type JsonObject, location, valueAt, withValueAt } from "../json.ts";
import type { ChangeClass } from "./change.ts";
import { diff } from "./diff.ts";

const query = "/paths/~1things~1{id}/get/parameters";
const body = "/paths/~1things/post/requestBody/content/application~1json/schema";
const thing = "/components/schemas/thing";
const responses = "/paths/~1things~1{id}/get/responses";

/** The small description with the value at a pointer changed; undefined takes it away. */
function changed(pointer: string, change: (value: never) => unknown): Description {
  const root = smallDescription() as unknown as Json;
  return withValueAt(
    root,
    location(pointer),
    (value) => change(value as never) as Json | undefined,
  ) as unknown as Description;
}

interface Mutation {
  name: string;
  after: Description;
  class: ChangeClass;
  pointer: string;
  message: string;
}

const parameter = (required: boolean) => (list: Json[]) => [
  ...list,
  { name: "shade", in: "query", required, schema: { type: "string" } },
];
const without = (value: string) => (list: string[]) => list.filter((item) => item !== value);

const mutations: Mutation[] = [
  {
    name: "a required query parameter is added",
    after: changed(query, parameter(true)),
    class: "breaking",
    pointer: `${query}/2`,
    message: "The query parameter `shade` of `things/get` is new and required.",
  },
  {
    name: "an optional query parameter is added",
    after: changed(query, parameter(false)),
    class: "additive",
    pointer: `${query}/2`,
    message: "The query parameter `shade` of `things/get` is new.",
  },
  {
    name: "a query parameter is removed",
    after: changed(`${query}/1`, () => undefined),
    class: "breaking",
    pointer: `${query}/1`,
    message: "The query parameter `view` of `things/get` is gone.",
  },
  {
    name: "a query parameter is made required",
    after: changed(`${query}/1`, (old: JsonObject) => ({ ...old, required: true })),
    class: "breaking",
    pointer: `${query}/1`,
    message: "The query parameter `view` of `things/get` is now required.",
  },
  {
    name: "a request enum is narrowed",
    after: changed(`${query}/1/schema/enum`, without("long")),
    class: "breaking",
    pointer: `${query}/1/schema`,
    message: 'The query parameter `view` of `things/get` is no longer "long" in requests.',
  },
  {
    name: "a request enum is widened",
    after: changed(`${query}/1/schema/enum`, (list: string[]) => [...list, "full"]),
    class: "additive",
    pointer: `${query}/1/schema`,
    message: 'The query parameter `view` of `things/get` may now be "full" in requests.',
  },
  {
    name: "a response enum is narrowed",
    after: changed(`${thing}/properties/state/enum`, without("closed")),
    class: "additive",
    pointer: `${thing}/properties/state`,
    message: '`thing.state` is no longer "closed" in responses.',
  },
  {
    name: "a response enum is widened",
    after: changed(`${thing}/properties/state/enum`, (list: string[]) => [...list, "lost"]),
    class: "breaking",
    pointer: `${thing}/properties/state`,
    message: '`thing.state` may now be "lost" in responses.',
  },
  {
    name: "a response property is removed",
    after: changed(`${thing}/properties/tags`, () => undefined),
    class: "breaking",
    pointer: `${thing}/properties/tags`,
    message: "`thing.tags` is gone from responses.",
  },
  {
    name: "a response property is added",
    after: changed(`${thing}/properties/color`, () => ({ type: "string" })),
    class: "additive",
    pointer: `${thing}/properties/color`,
    message: "`thing.color` is new in responses.",
  },
  {
    name: "a response property is made optional",
    after: changed(`${thing}/required`, without("name")),
    class: "breaking",
    pointer: `${thing}/properties/name`,
    message: "`thing.name` may now be missing in responses.",
  },
  {
    name: "a response property is made required",
    after: changed(`${thing}/required`, (list: string[]) => [...list, "tags"]),
    class: "additive",
    pointer: `${thing}/properties/tags`,
    message: "`thing.tags` is now always there in responses.",
  },
  {
    name: "a response property is made nullable",
    after: changed(`${thing}/properties/name`, (old: JsonObject) => ({ ...old, nullable: true })),
    class: "breaking",
    pointer: `${thing}/properties/name`,
    message: "`thing.name` may now be null in responses.",
  },
  {
    name: "a response property is made nullable as in OpenAPI 3.1",
    after: changed(`${thing}/properties/name`, (old: JsonObject) => ({
      ...old,
      type: ["string", "null"],
    })),
    class: "breaking",
    pointer: `${thing}/properties/name`,
    message: "`thing.name` may now be null in responses.",
  },
  {
    name: "a response property is never null any more",
    after: changed("/components/schemas/owner/properties/site/nullable", () => undefined),
    class: "additive",
    pointer: "/components/schemas/owner/properties/site",
    message: "`owner.site` is never null any more in responses.",
  },
  {
    name: "the type of a response property changes",
    after: changed(`${thing}/properties/id/type`, () => "string"),
    class: "breaking",
    pointer: `${thing}/properties/id`,
    message: "`thing.id` was a number and is now a string in responses.",
  },
  {
    name: "a response property is wrapped in oneOf with another type",
    after: changed(`${thing}/properties/owner`, (old: Json) => ({
      oneOf: [old, { type: "string" }],
    })),
    class: "breaking",
    pointer: `${thing}/properties/owner`,
    message: "`thing.owner` may now be a string too in responses.",
  },
  {
    name: "a request property is made required",
    after: changed(`${body}/required`, (list: string[]) => [...list, "size"]),
    class: "breaking",
    pointer: `${body}/properties/size`,
    message: "`size` in the body of `things/create` is now required in requests.",
  },
  {
    name: "a request property is made optional",
    after: changed(`${body}/required`, () => undefined),
    class: "additive",
    pointer: `${body}/properties/name`,
    message: "`name` in the body of `things/create` is now optional in requests.",
  },
  {
    name: "a required request property is added",
    after: changed(body, (old: JsonObject) => ({
      ...old,
      required: ["name", "color"],
      properties: { ...(old["properties"] as JsonObject), color: { type: "string" } },
    })),
    class: "breaking",
    pointer: `${body}/properties/color`,
    message: "`color` in the body of `things/create` is new and required in requests.",
  },
  {
    name: "an optional request property is added",
    after: changed(`${body}/properties/color`, () => ({ type: "string" })),
    class: "additive",
    pointer: `${body}/properties/color`,
    message: "`color` in the body of `things/create` is new in requests.",
  },
  {
    name: "a request property is removed",
    after: changed(`${body}/properties/size`, () => undefined),
    class: "breaking",
    pointer: `${body}/properties/size`,
    message: "`size` in the body of `things/create` is gone from requests.",
  },
  {
    name: "a request property may no longer be null",
    after: changed(`${body}/properties/note/nullable`, () => undefined),
    class: "breaking",
    pointer: `${body}/properties/note`,
    message: "`note` in the body of `things/create` is never null any more in requests.",
  },
  {
    name: "the request body may be left out",
    after: changed("/paths/~1things/post/requestBody/required", () => undefined),
    class: "additive",
    pointer: "/paths/~1things/post/requestBody",
    message: "The body of `things/create` is now optional.",
  },
  {
    name: "the success status changes",
    after: changed(responses, ({ "200": ok, ...rest }: JsonObject) => ({ ...rest, "203": ok })),
    class: "breaking",
    pointer: `${responses}/203`,
    message: "The success status of `things/get` was 200 and is now 203.",
  },
  {
    name: "a success status is added",
    after: changed(`${responses}/204`, () => ({ description: "Nothing" })),
    class: "breaking",
    pointer: `${responses}/204`,
    message: "`things/get` may now return 204.",
  },
  {
    name: "an error status is added",
    after: changed(`${responses}/410`, () => ({ description: "Gone" })),
    class: "additive",
    pointer: `${responses}/410`,
    message: "`things/get` may now return 410.",
  },
  {
    name: "an operation is added",
    after: changed("/paths/~1things/get", () => ({ operationId: "things/list", responses: {} })),
    class: "additive",
    pointer: "/paths/~1things/get",
    message: "The operation `things/list` is new.",
  },
  {
    name: "an operation is removed",
    after: changed("/paths/~1things/post", () => undefined),
    class: "breaking",
    pointer: "/paths/~1things/post",
    message: "The operation `things/create` is gone.",
  },
  {
    name: "an operation moves to another path",
    after: changed("/paths", ({ "/things": things, ...rest }: JsonObject) => ({
      ...rest,
      "/items": things,
    })),
    class: "breaking",
    pointer: "/paths/~1items/post",
    message: "`things/create` was POST /things and is now POST /items.",
  },
  {
    name: "a description changes",
    after: changed(`${thing}/properties/name/description`, () => "Its name"),
    class: "docs",
    pointer: `${thing}/properties/name`,
    message: '`thing.name`: description was "What it is called" and is now "Its name".',
  },
  {
    name: "an example changes",
    after: changed(`${thing}/properties/name/example`, () => "Spoon"),
    class: "docs",
    pointer: `${thing}/properties/name`,
    message: '`thing.name`: example was "Cup" and is now "Spoon".',
  },
  {
    name: "a format changes",
    after: changed(`${thing}/properties/id/format`, () => "int32"),
    class: "docs",
    pointer: `${thing}/properties/id`,
    message: '`thing.id`: format was "int64" and is now "int32".',
  },
  {
    name: "an operation is deprecated",
    after: changed("/paths/~1things/post/deprecated", () => true),
    class: "docs",
    pointer: "/paths/~1things/post",
    message: "`things/create` is now deprecated.",
  },
  {
    name: "a schema is removed from the components",
    after: changed("/components/schemas/unused", () => undefined),
    class: "breaking",
    pointer: "/components/schemas/unused",
    message: "The schema `unused` is gone from the components.",
  },
  {
    name: "a response header is added",
    after: changed(`${responses}/200/headers`, () => ({ Link: { schema: { type: "string" } } })),
    class: "additive",
    pointer: `${responses}/200/headers/Link`,
    message: "The header `Link` in the 200 response of `things/get` is new.",
  },
  {
    name: "a response has another media type",
    after: changed(`${responses}/200/content/text~1plain`, () => ({ schema: { type: "string" } })),
    class: "additive",
    pointer: `${responses}/200/content/text~1plain`,
    message: "The 200 response of `things/get` may now be text/plain.",
  },
  {
    name: "a response has no body any more",
    after: changed(`${responses}/200/content`, () => undefined),
    class: "breaking",
    pointer: `${responses}/200/content/application~1json`,
    message: "The 200 response of `things/get` is no longer application/json.",
  },
  {
    name: "an error status is removed",
    after: changed(`${responses}/404`, () => undefined),
    class: "breaking",
    pointer: `${responses}/404`,
    message: "`things/get` no longer returns 404.",
  },
  {
    name: "a response enum is opened to any value",
    after: changed(`${thing}/properties/state/enum`, () => undefined),
    class: "breaking",
    pointer: `${thing}/properties/state`,
    message: '`thing.state` may now have any value, not only "open", "closed", in responses.',
  },
  {
    name: "a request enum is opened to any value",
    after: changed(`${query}/1/schema/enum`, () => undefined),
    class: "additive",
    pointer: `${query}/1/schema`,
    message:
      'The query parameter `view` of `things/get` may now have any value, not only "short", "long", in requests.',
  },
  {
    name: "a request value gets an enum",
    after: changed(`${body}/properties/name/enum`, () => ["cup"]),
    class: "breaking",
    pointer: `${body}/properties/name`,
    message: '`name` in the body of `things/create` is now only one of "cup" in requests.',
  },
  {
    name: "a request value may be of another type too",
    after: changed(`${body}/properties/name`, (old: Json) => ({
      anyOf: [old, { type: "integer" }],
    })),
    class: "additive",
    pointer: `${body}/properties/name`,
    message: "`name` in the body of `things/create` may now be a number too in requests.",
  },
  {
    name: "a response value may be anything",
    after: changed(`${thing}/properties/name`, ({ description, example }: JsonObject) => ({
      description,
      example,
    })),
    class: "breaking",
    pointer: `${thing}/properties/name`,
    message: "`thing.name` was a string and is now anything in responses.",
  },
  {
    name: "a property is made read-only",
    after: changed(`${thing}/properties/name/readOnly`, () => true),
    class: "breaking",
    pointer: `${thing}/properties/name`,
    message: "`thing.name` is now read-only.",
  },
  {
    name: "properties of other names are described",
    after: changed(`${thing}/additionalProperties`, () => ({ type: "string" })),
    class: "additive",
    pointer: `${thing}/additionalProperties`,
    message: "`thing[…]`: properties of other names are now described in responses.",
  },
  {
    name: "the request body is removed",
    after: changed("/paths/~1things/post/requestBody", () => undefined),
    class: "breaking",
    pointer: "/paths/~1things/post/requestBody",
    message: "The body of `things/create` is gone.",
  },
  {
    name: "an optional request body is added",
    after: changed("/paths/~1things~1{id}/get/requestBody", () => ({ content: {} })),
    class: "additive",
    pointer: "/paths/~1things~1{id}/get/requestBody",
    message: "The body of `things/get` is new.",
  },
  {
    name: "a required request body is added",
    after: changed("/paths/~1things~1{id}/get/requestBody", () => ({
      required: true,
      content: {},
    })),
    class: "breaking",
    pointer: "/paths/~1things~1{id}/get/requestBody",
    message: "The body of `things/get` is new and required.",
  },
  {
    name: "an integer may have decimals",
    after: changed(`${thing}/properties/id/type`, () => "number"),
    class: "docs",
    pointer: `${thing}/properties/id`,
    message: "`thing.id` was an integer and is now any number.",
  },
  {
    name: "a bound of a request is tightened",
    after: changed(`${body}/properties/name/maxLength`, () => 5),
    class: "docs",
    pointer: `${body}/properties/name`,
    message: "`name` in the body of `things/create`: maxLength is now 5.",
  },
  {
    name: "an array's items change",
    after: changed(`${thing}/properties/tags/items/type`, () => "boolean"),
    class: "breaking",
    pointer: `${thing}/properties/tags/items`,
    message: "`thing.tags[]` was a string and is now a boolean in responses.",
  },
];

test.each(mutations)("$name: $class", ({ after, class: expected, pointer, message }) => {
  const bump = { breaking: "major", additive: "minor", docs: "patch" }[expected];
  const { bump: total, changes } = diff(smallDescription(), after);
  expect(changes).toEqual([{ class: expected, bump, pointer, message }]);
  expect(total).toBe(bump);
});

test.each([
  [
    "a oneOf around the same schema",
    changed(`${thing}/properties/owner`, (old: Json) => ({ oneOf: [old] })),
  ],
  [
    "an allOf around the same schema",
    changed(`${thing}/properties/owner`, (old: Json) => ({ allOf: [old] })),
  ],
  ["another order of keys", reordered(smallDescription())],
  [
    "another order of an enum",
    changed(`${query}/1/schema/enum`, (list: string[]) => list.toReversed()),
  ],
])("%s changes nothing", (_, after) => {
  expect(diff(smallDescription(), after)).toEqual({
    bump: "none",
    changes: [],
    removedOperations: [],
  });
});

test("a known value more of an open enum is additive, and so is one that is no longer listed", () => {
  const open = (values: string[]) =>
    changed(`${thing}/properties/state`, () => ({ type: "string", "x-extensible-enum": values }));
  expect(diff(open(["open"]), open(["closed"])).changes.map(({ message }) => message)).toEqual([
    '`thing.state` lists "closed".',
    '`thing.state` no longer lists "open".',
  ]);
  expect(diff(open(["open"]), open(["open", "closed"])).bump).toBe("minor");
});

test("a schema used in requests and in responses is judged in both directions", () => {
  const both = (description: Description) =>
    withValueAt(description as unknown as Json, location(body), () => ({
      $ref: "#/components/schemas/thing",
    })) as unknown as Description;
  const { changes } = diff(
    both(smallDescription()),
    both(changed(`${thing}/properties/name`, (old: JsonObject) => ({ ...old, nullable: true }))),
  );
  expect(changes.map(({ class: type, message }) => `${type}: ${message}`)).toEqual([
    "breaking: `thing.name` may now be null in responses.",
    "additive: `thing.name` may now be null in requests.",
  ]);
});

test.each(mutations)("$name: the pointer leads to the location", ({ after, pointer, message }) => {
  // What is gone is found in the older description.
  const isGone = /is gone|is no longer application|no longer returns/.test(message);
  const root = (isGone ? smallDescription() : after) as unknown as Json;
  expect(valueAt(root, location(pointer))).toBeDefined();
});

function reordered(description: Description): Description {
  const reverse = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(reverse);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reverse(item)]),
    );
  };
  return reverse(description as unknown as Json) as unknown as Description;
}
