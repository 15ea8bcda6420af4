import type { Description } from "../src/description.ts";

/** A description with one of everything that the rules tell apart; a new one at each call, to be changed freely. */
export function smallDescription(): Description {
  return structuredClone({
    openapi: "3.0.3",
    info: { title: "Things", version: "1.0.0" },
    paths: {
      "/things/{id}": {
        get: {
          operationId: "things/get",
          summary: "Get a thing",
          "x-github": { category: "things", subcategory: "reading" },
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "integer" } },
            {
              name: "view",
              in: "query",
              description: "How much to show",
              schema: { type: "string", enum: ["short", "long"] },
            },
          ],
          responses: {
            "200": {
              description: "The thing",
              content: {
                "application/json": {
                  schema: { $ref: "#/components/schemas/thing" },
                  examples: { default: { $ref: "#/components/examples/thing" } },
                },
              },
            },
            "404": { $ref: "#/components/responses/not_found" },
          },
        },
      },
      "/things": {
        post: {
          operationId: "things/create",
          "x-github": { category: "things", subcategory: "writing" },
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["name"],
                  properties: {
                    name: { type: "string" },
                    size: { type: "string", enum: ["small", "large"] },
                    note: { type: "string", nullable: true },
                  },
                },
              },
            },
          },
          responses: {
            "201": {
              description: "Made",
              content: {
                "application/json": { schema: { $ref: "#/components/schemas/thing" } },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        thing: {
          type: "object",
          required: ["id", "name", "state", "owner"],
          properties: {
            id: { type: "integer", format: "int64" },
            name: { type: "string", description: "What it is called", example: "Cup" },
            state: { type: "string", enum: ["open", "closed"] },
            owner: { $ref: "#/components/schemas/owner" },
            parent: { $ref: "#/components/schemas/thing" },
            tags: { type: "array", items: { type: "string" } },
          },
        },
        owner: {
          type: "object",
          required: ["login"],
          properties: { login: { type: "string" }, site: { type: "string", nullable: true } },
        },
        error: { type: "object", properties: { message: { type: "string" } } },
        unused: { type: "object", properties: { thing: { $ref: "#/components/schemas/thing" } } },
      },
      responses: {
        not_found: {
          description: "Not found",
          content: { "application/json": { schema: { $ref: "#/components/schemas/error" } } },
        },
      },
      examples: {
        thing: {
          value: { id: 1, name: "Cup", state: "open", owner: { login: "octocat" } },
        },
      },
    },
  });
}
