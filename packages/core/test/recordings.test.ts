import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "@workflow-runs/openapi-types/operations";
import { describe, expect, test } from "vitest";
import { ApiError, createClient, type Operation, type OperationName } from "../src/index.ts";
import { serve } from "./local-server.ts";

// Real exchanges recorded by hub4j/github-api (WireMock mappings). The same kinds of responses are made by hand
// in faults.test.ts and all-operations.test.ts.
const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"];
const folder = join(fixtures ?? "", "recordings/hub4j");

interface Mapping {
  request: { url: string; method: string; bodyPatterns?: { equalToJson?: string }[] };
  response: {
    status: number;
    headers?: Record<string, string | string[]>;
    body?: string;
    bodyFileName?: string;
  };
}

interface Exchange {
  title: string;
  name: OperationName;
  parameters: Record<string, string | number>;
  mapping: Mapping;
  body: string;
}

/** The operation and the flat parameters that make a recorded request, if it is one of ours. */
function recognise({ request }: Mapping): Pick<Exchange, "name" | "parameters"> | undefined {
  const url = new URL(request.url, "http://recorded");
  for (const [name, { method, path }] of Object.entries(operations) as [
    OperationName,
    Operation,
  ][]) {
    const pattern = new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const match = pattern.exec(url.pathname.replace("/jobs//", "/jobs/"));
    if (match && method === request.method.toLowerCase()) {
      const [{ equalToJson = "{}" } = {}] = request.bodyPatterns ?? [];
      const sent = JSON.parse(equalToJson) as object;
      const query = Object.fromEntries(url.searchParams);
      return { name, parameters: { ...match.groups, ...query, ...sent } };
    }
  }
  return undefined;
}

function exchanges(): Exchange[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /mappings\/.*\.json$/.test(file))
    .flatMap((file) => {
      const mapping = JSON.parse(readFileSync(join(folder, file), "utf8")) as Mapping;
      const known = recognise(mapping);
      const { bodyFileName, body = "" } = mapping.response;
      const bodyFile = join(folder, `${file.split("/")[0]}.body.${bodyFileName}`);
      if (!known || (bodyFileName !== undefined && !existsSync(bodyFile))) return [];
      return [
        {
          ...known,
          title: `${file.replace("/mappings", "").replace(".json", "")}: ${known.name} → ${mapping.response.status}`,
          mapping,
          body: bodyFileName === undefined ? body : readFileSync(bodyFile, "utf8"),
        },
      ];
    });
}

describe.skipIf(!fixtures)("real exchanges (needs WORKFLOW_RUNS_FIXTURES)", () => {
  const all = fixtures ? exchanges() : [];

  test("are there in number and kind", () => {
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all.map(({ name }) => name)).size).toBeGreaterThan(8);
  });

  test.each(all)("$title", async ({ name, parameters, mapping, body }) => {
    const { status, headers = {} } = mapping.response;
    await using files = await serve((_, response) => response.end("log"));
    await using server = await serve((_, response) => {
      const kept = Object.entries(headers).filter(
        ([key]) => !/^(content-length|transfer-encoding|content-encoding|location)$/i.test(key),
      );
      response.writeHead(status, {
        ...Object.fromEntries(kept),
        ...(status === 302 && { location: `${files.url}/signed` }),
      });
      response.end(body);
    });
    const github = createClient({ baseUrl: server.url, retry: false, rateLimit: false });
    const call = github[name] as unknown as (parameters: object) => Promise<unknown>;

    const outcome = await call(parameters).catch((error: unknown) => error);

    const expected = new URL(mapping.request.url.replace("/jobs//", "/jobs/"), server.url);
    const sent = new URL(server.received[0]?.url ?? "", server.url);
    expect(sent.pathname).toBe(expected.pathname);
    expect(Object.fromEntries(sent.searchParams)).toEqual(
      Object.fromEntries(expected.searchParams),
    );
    expect(server.received[0]?.method).toBe(mapping.request.method);
    expect(await reported(outcome)).toEqual(
      status >= 400
        ? { status, data: JSON.parse(body), requestId: header(headers, "x-github-request-id") }
        : status === 302
          ? "log"
          : body && JSON.parse(body),
    );
  });
});

async function reported(outcome: unknown): Promise<unknown> {
  if (outcome instanceof ApiError) {
    const { status, data, requestId } = outcome;
    return { status, data, requestId };
  }
  return outcome instanceof Response ? outcome.text() : (outcome ?? "");
}

function header(headers: object, wanted: string): unknown {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
