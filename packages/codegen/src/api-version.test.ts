import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import { apiVersions, atApiVersion } from "./api-version.ts";
import type { Description } from "./description.ts";
import type { Json, JsonObject } from "./json.ts";
import { fragmentAt } from "./regenerate/fragments.ts";

function withChanges(changes: Json): Description {
  const description = smallDescription();
  const thing = description.components["schemas"]!["thing"] as JsonObject;
  thing["x-github-breaking-changes"] = changes;
  return description;
}

const thingOf = (description: Description) =>
  description.components["schemas"]!["thing"] as JsonObject;

const mergePatch = {
  changeset: "remove_tags",
  patch: { properties: { tags: null, color: { type: "string" } }, required: ["id"] },
  version: "2026-03-10",
};
const jsonPatch = {
  changeset: "remove_name",
  patch: [
    { op: "remove", path: "/properties/name" },
    { op: "remove", path: "/required/1" },
  ],
  version: "2026-03-10",
};

test("a merge patch takes away what is null, and merges the rest", () => {
  const thing = thingOf(atApiVersion(withChanges([mergePatch]), "2026-03-10"));
  expect(Object.keys(thing["properties"] as JsonObject)).toEqual([
    "id",
    "name",
    "state",
    "owner",
    "parent",
    "color",
  ]);
  expect(thing["required"]).toEqual(["id"]);
  expect(thing["x-github-breaking-changes"]).toBeUndefined();
});

test("a JSON Patch is applied by its indices", () => {
  const thing = thingOf(atApiVersion(withChanges([jsonPatch]), "2026-03-10"));
  expect(thing["required"]).toEqual(["id", "state", "owner"]);
});

test("the first version has none of the changes, and says so nowhere", () => {
  const first = atApiVersion(withChanges([mergePatch, jsonPatch]), "2022-11-28");
  expect(thingOf(first)).toEqual(thingOf(smallDescription()));
  expect(first.info["x-github-api-version"]).toBe("2022-11-28");
});

test("a version has the changes of the versions before it", () => {
  const later = { changeset: "x", patch: { title: "Thing" }, version: "2027-01-01" };
  const description = withChanges([jsonPatch, later]);
  expect(apiVersions(description)).toEqual(["2022-11-28", "2026-03-10", "2027-01-01"]);
  expect(thingOf(atApiVersion(description, "2026-03-10"))["title"]).toBeUndefined();
  const last = thingOf(atApiVersion(description, "2027-01-01"));
  expect(last["title"]).toBe("Thing");
  expect(last["required"]).toEqual(["id", "state", "owner"]);
});

test("changes of an operation and of an example are applied too", () => {
  const description = smallDescription();
  const post = description.paths["/things"]!["post"] as JsonObject;
  post["x-github-breaking-changes"] = [
    {
      changeset: "status",
      patch: { responses: { "201": null, "202": { description: "Taken" } } },
      version: "2026-03-10",
    },
  ];
  const changed = atApiVersion(description, "2026-03-10");
  expect((changed.paths["/things"]!["post"] as JsonObject)["responses"]).toEqual({
    "202": { description: "Taken" },
  });
});

test("a fragment has what its version refers to, and not what only the other one does", () => {
  const change = {
    changeset: "owner",
    patch: { properties: { owner: null, failure: { $ref: "#/components/schemas/error" } } },
    version: "2026-03-10",
  };
  const description = withChanges([change]);
  const schemas = (version: string) =>
    Object.keys(
      fragmentAt(description, { operations: ["things/create"] }, version).components["schemas"]!,
    );
  expect(schemas("2022-11-28")).toEqual(["owner", "thing"]);
  expect(schemas("2026-03-10")).toEqual(["error", "thing"]);
});

describe("what is not known here is an error", () => {
  test.each<[string, Json, string]>([
    [
      "a patch that is a text",
      [{ ...mergePatch, patch: "no tags" }],
      "remove_tags is neither a merge patch nor a JSON Patch",
    ],
    ["a change without a version", [{ changeset: "x", patch: {} }], "this form is not known here"],
    [
      "a version that is no date",
      [{ ...mergePatch, version: "next" }],
      "this form is not known here",
    ],
    ["no list", { a: 1 }, "x-github-breaking-changes is not a list"],
    [
      "a JSON Patch that does not fit",
      [{ ...jsonPatch, patch: [{ op: "remove", path: "/nowhere/1" }] }],
      "/components/schemas/thing: the JSON Patch of breaking change remove_name does not fit",
    ],
  ])("%s", (_, changes, message) => {
    expect(() =>
      atApiVersion(withChanges(changes), "2026-03-10", ["2022-11-28", "2026-03-10"]),
    ).toThrow(message);
  });

  test("a version that the description does not have", () => {
    expect(() => atApiVersion(withChanges([mergePatch]), "2024-01-01")).toThrow(
      "the description has no API version 2024-01-01; it has 2022-11-28 and 2026-03-10",
    );
  });
});
