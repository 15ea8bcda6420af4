import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import { valueAt, type Json } from "./json.ts";
import { applyOverlay, type OverlayAction, readOverlay } from "./overlay.ts";

function apply(actions: OverlayAction[], target?: string) {
  return applyOverlay(
    smallDescription(),
    { overlay: "1.1.0", info: {}, actions },
    target,
  ) as unknown as Json;
}

const thing = ["components", "schemas", "thing"];

test("update merges objects, appends to arrays, and replaces anything else", () => {
  const changed = apply([
    {
      target: "$.components.schemas.thing",
      update: { required: ["tags"], properties: { name: { description: "New" } } },
    },
  ]);
  expect(valueAt(changed, [...thing, "required"])).toEqual([
    "id",
    "name",
    "state",
    "owner",
    "tags",
  ]);
  expect(valueAt(changed, [...thing, "properties", "name"])).toEqual({
    type: "string",
    description: "New",
    example: "Cup",
  });
});

test("an update of an array appends the value", () => {
  const changed = apply([{ target: "$.components.schemas.thing.required", update: "tags" }]);
  expect(valueAt(changed, [...thing, "required", 4])).toBe("tags");
});

test("remove takes every selected location away, items of an array too", () => {
  const changed = apply([
    { target: "$.components.schemas.thing.required[?@ == 'id' || @ == 'state']", remove: true },
    { target: "$.components.schemas.thing.properties['id', 'state']", remove: true },
  ]);
  expect(valueAt(changed, [...thing, "required"])).toEqual(["name", "owner"]);
  expect(valueAt(changed, [...thing, "properties", "id"])).toBeUndefined();
});

test("copy takes its value from another location", () => {
  const changed = apply([
    { target: "$.components.schemas.owner", copy: "$.components.schemas.error" },
  ]);
  expect(valueAt(changed, ["components", "schemas", "owner", "properties", "message"])).toEqual({
    type: "string",
  });
});

test("actions are applied one after the other, and the description passed stays as it is", () => {
  const description = smallDescription();
  const changed = applyOverlay(description, {
    overlay: "1.0.0",
    info: {},
    actions: [
      { target: "$.components.schemas", update: { color: { type: "string" } } },
      { target: "$.components.schemas.color", update: { nullable: true } },
    ],
  });
  expect(changed.components["schemas"]!["color"]).toEqual({ type: "string", nullable: true });
  expect(description).toEqual(smallDescription());
});

describe("an action that changes nothing any more fails the run", () => {
  test.each([
    ["its value is there already", { target: "$.info", update: { title: "Things" } }],
    [
      "its location is gone",
      { target: "$.components.schemas.nowhere", update: { type: "string" } },
    ],
    ["what it removes is gone", { target: "$.info.nothing", remove: true }],
  ])("because %s", (_, action) => {
    expect(() => apply([{ ...action, description: "Fix it\nhttps://…" }], "github")).toThrow(
      expect.objectContaining({
        name: "ReviewError",
        message:
          "overlay action 1 (Fix it): changes nothing in github any more, so it was corrected upstream; delete it from the overlay, or name in its x-targets the targets that still need it",
      }),
    );
  });

  test("but not where its x-targets leave the target out", () => {
    const action = { target: "$.info.nothing", remove: true, "x-targets": ["ghec", "ghes-*"] };
    expect(apply([action], "github")).toEqual(smallDescription());
    expect(() => apply([action], "ghec")).toThrow("changes nothing in ghec");
    expect(() => apply([action], "ghes-3.17")).toThrow("changes nothing in ghes-3.17");
  });
});

describe("a document that is no overlay is refused", () => {
  const action = { target: "$", update: {} };
  test.each<[Json, string]>([
    [[], 'o.yaml: not an OpenAPI Overlay, the field "overlay" is missing'],
    [{ overlay: "2.0.0" }, "o.yaml: Overlay 2.0.0 is not known here; 1.0 and 1.1 are"],
    [{ overlay: "1.0.0" }, "o.yaml: actions must be a list of at least one action"],
    [
      { overlay: "1.0.0", actions: [action, {}] },
      'o.yaml: actions[1]: an action needs a "target", a JSONPath',
    ],
    [
      { overlay: "1.0.0", actions: [{ ...action, remove: true }] },
      'o.yaml: actions[0]: an action needs one of "update", "remove" and "copy", not 2',
    ],
    [
      { overlay: "1.0.0", actions: [{ ...action, "x-targets": "github" }] },
      "o.yaml: actions[0]: x-targets must be a list of target names",
    ],
  ])("%j", (document, message) => {
    expect(() => readOverlay(document, "o.yaml")).toThrow(message);
  });

  test("and so is a target that is no JSONPath", () => {
    expect(() => apply([{ target: "components", remove: true }])).toThrow(
      "overlay action 1 (components): components is not a JSONPath",
    );
  });

  test("and a copy of none or of many", () => {
    expect(() => apply([{ target: "$.info", copy: "$.components.schemas.*" }])).toThrow(
      "copy must select one value, not 4",
    );
  });
});
