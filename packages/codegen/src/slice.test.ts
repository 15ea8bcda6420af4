import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import { type Description, operationName, operationsOf } from "./description.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { slice } from "./slice.ts";

const history = new URL("../test/fixtures/history/", import.meta.url);
const committed = new URL("../../../openapi/", import.meta.url);

function read(folder: URL, file: string): Description {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Description;
}

/** The components a slice must have, computed from its text alone. */
function reachable(description: Description, ids: readonly string[]): string[] {
  const text = (value: unknown) => JSON.stringify(value) ?? "";
  const refs = (source: string) =>
    [...source.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, ref]) => ref!);
  const operations = [...operationsOf(description)].filter((located) =>
    ids.includes(operationName(located)),
  );
  const found = new Set<string>();
  const open = operations.flatMap(({ operation }) => refs(text(operation)));
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (found.has(ref)) continue;
    found.add(ref);
    const [section, name] = ref.split("/") as [string, string];
    open.push(...refs(text(description.components[section]?.[name])));
  }
  return [...found].sort();
}

function componentNames({ components }: Description): string[] {
  return Object.entries(components)
    .flatMap(([section, entries]) => Object.keys(entries).map((name) => `${section}/${name}`))
    .sort();
}

const files = [
  ...readdirSync(history)
    .filter((file) => file.endsWith(".json"))
    .map((file): [string, URL] => [file, history]),
  ...readdirSync(committed)
    .filter((file) => file.endsWith(".json") && file !== "sources.json")
    .map((file): [string, URL] => [file, committed]),
];

test.each(files)("a slice of %s has exactly what each operation refers to", (file, folder) => {
  const description = read(folder, file);
  for (const located of operationsOf(description)) {
    const id = operationName(located);
    const fragment = slice(description, { operations: [id] });
    expect(componentNames(fragment)).toEqual(reachable(description, [id]));
    expect([...operationsOf(fragment)].map(operationName)).toEqual([id]);
  }
});

test("a slice of a slice is the same slice, to the byte", () => {
  const description = read(history, "23.0.2.json");
  const again = slice(description, { category: "actions", subcategories: ["workflow-runs"] });
  expect(JSON.stringify(again)).toBe(JSON.stringify(description));
});

test("any graph of references gives exactly the components that can be reached", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const edges = fc.dictionary(fc.constantFrom(...names), fc.uniqueArray(fc.constantFrom(...names)));
  fc.assert(
    fc.property(
      edges,
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
      (graph, roots) => {
        const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
        const object = (targets: readonly string[]): JsonObject => ({
          type: "object",
          properties: Object.fromEntries(targets.map((name) => [name, ref(name)])),
        });
        const description: Description = {
          ...smallDescription(),
          paths: {
            "/x": {
              get: {
                operationId: "x",
                responses: {
                  "200": { content: { "application/json": { schema: object(roots) } } },
                },
              },
            },
          },
          components: {
            schemas: Object.fromEntries(names.map((name) => [name, object(graph[name] ?? [])])),
          },
        };
        const fragment = slice(description, { operations: ["x"] });
        expect(componentNames(fragment)).toEqual(reachable(description, ["x"]));
      },
    ),
  );
});

test("the order of keys makes no difference", () => {
  const reverse = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(reverse);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.keys(value)
        .reverse()
        .map((key) => [key, reverse(value[key]!)]),
    );
  };
  const description = read(history, "23.0.2.json");
  const shuffled = reverse(description as unknown as Json) as unknown as Description;
  const selection = { subcategories: ["workflow-runs"] };
  expect(JSON.stringify(slice(shuffled, selection))).toBe(
    JSON.stringify(slice(description, selection)),
  );
});

describe("what belongs to an operation without a $ref", () => {
  test("the parameters of its path are kept", () => {
    const description = smallDescription();
    const shared = [{ name: "lang", in: "query", schema: { type: "string" } }];
    description.paths["/things"]!["parameters"] = shared;
    const fragment = slice(description, { operations: ["things/create"] });
    expect(fragment.paths["/things"]!["parameters"]).toEqual(shared);
    expect(Object.keys(fragment.paths)).toEqual(["/things"]);
  });

  test("the security schemes it names are kept", () => {
    const description = smallDescription();
    (description.paths["/things"]!["post"] as JsonObject)["security"] = [{ token: [] }];
    description.components["securitySchemes"] = {
      token: { type: "http", scheme: "bearer" },
      basic: { type: "http", scheme: "basic" },
    };
    const fragment = slice(description, { operations: ["things/create"] });
    expect(Object.keys(fragment.components["securitySchemes"]!)).toEqual(["token"]);
  });

  test("the schemas that a discriminator names are kept", () => {
    const description = smallDescription();
    description.components["schemas"]!["owner"] = {
      type: "object",
      properties: { kind: { type: "string" } },
      discriminator: { propertyName: "kind", mapping: { plain: "unused" } },
    };
    const fragment = slice(description, { operations: ["things/get"] });
    expect(Object.keys(fragment.components["schemas"]!)).toContain("unused");
  });
});

test("a $ref inside an example is data, not a reference", () => {
  const description = smallDescription();
  description.components["examples"]!["thing"] = {
    value: { $ref: "#/components/schemas/nowhere" },
  };
  expect(() => slice(description, { operations: ["things/get"] })).not.toThrow();
});

test("a property named like a keyword is still searched", () => {
  const description = smallDescription();
  description.components["schemas"]!["owner"] = {
    type: "object",
    properties: { example: { $ref: "#/components/schemas/unused" } },
  };
  const fragment = slice(description, { operations: ["things/get"] });
  expect(Object.keys(fragment.components["schemas"]!)).toContain("unused");
});

describe("what cannot be sliced is refused with one line", () => {
  const broken = (change: (description: Description) => void) => {
    const description = smallDescription();
    change(description);
    return () => slice(description, { operations: ["things/get"] });
  };

  test.each([
    [
      "a dangling $ref",
      (d: Description) => delete d.components["schemas"]!["owner"],
      "#/components/schemas/thing/properties/owner/$ref: dangling $ref, the description has no /components/schemas/owner",
    ],
    [
      "a circular $ref",
      (d: Description) => {
        d.components["schemas"]!["owner"] = { $ref: "#/components/schemas/unused" };
        d.components["schemas"]!["unused"] = { allOf: [{ $ref: "#/components/schemas/owner" }] };
      },
      "circular $ref: #/components/schemas/owner → #/components/schemas/unused → #/components/schemas/owner",
    ],
    [
      "a $ref to another file",
      (d: Description) => {
        d.components["schemas"]!["owner"] = { $ref: "owner.yaml" };
      },
      "#/components/schemas/owner/$ref: the $ref owner.yaml leads to another document; bundle the description into one file first",
    ],
    [
      "a $ref out of the components",
      (d: Description) => {
        d.components["schemas"]!["owner"] = { $ref: "#/paths/~1things/post" };
      },
      "#/components/schemas/owner/$ref: the $ref #/paths/~1things/post leads out of the components; bundle the description first",
    ],
  ])("%s", (_, change, message) => {
    expect(broken(change)).toThrow(expect.objectContaining({ name: "InputError", message }));
  });

  test.each([
    [{ operations: ["things/nowhere"] }, "there is no operation things/nowhere in the description"],
    [
      { category: "things", subcategories: ["reading", "dreaming"] },
      "no operation has the x-github subcategory dreaming of category things (did you mean reading?)",
    ],
    [
      { operations: ["things/gett", "creat"] },
      "there is no operation things/gett, creat in the description (did you mean things/get, things/create?)",
    ],
    [
      { subcategories: ["Reading"] },
      "no operation has the x-github subcategory Reading (did you mean reading?)",
    ],
    [{}, "nothing is selected: name a subcategory or an operation"],
  ])("%j", (selection, message) => {
    expect(() => slice(smallDescription(), selection)).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });

  test("a schema that refers to itself through a property is a tree, and fine", () => {
    expect(broken(() => undefined)).not.toThrow();
  });
});
