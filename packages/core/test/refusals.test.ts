import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  ApiError,
  AuthenticationError,
  ConflictError,
  createClient,
  type DeprecationEvent,
} from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

async function refusal(
  headers: Record<string, string>,
  message: string,
  status = 403,
): Promise<AuthenticationError> {
  const error = await apiErrorOf(headers, message, status);
  expect(error).toBeInstanceOf(AuthenticationError);
  return error as AuthenticationError;
}

async function apiErrorOf(
  headers: Record<string, string>,
  message: string,
  status = 403,
): Promise<ApiError> {
  await using server = await serve((_, response) => json(response, status, { message }, headers));
  const github = createClient({ baseUrl: server.url, auth: "t0ken" });
  const error: unknown = await github.cancelWorkflowRun(run).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe("a 403", () => {
  test("names the permission that GitHub wants", async () => {
    const error = await refusal(
      { "x-accepted-github-permissions": "actions=write,checks=read; administration=write" },
      "Resource not accessible by integration",
    );
    expect(error.acceptedPermissions).toEqual([
      { actions: "write", checks: "read" },
      { administration: "write" },
    ]);
    expect(error.message).toMatch(
      /Resource not accessible by integration \(it needs a token with the permission actions: write and checks: read, or administration: write\)$/,
    );
  });

  test("names the permission of the documentation where GitHub does not", async () => {
    const error = await refusal({}, "Must have admin rights to Repository.");
    expect(error.acceptedPermissions).toEqual([{ actions: "write" }]);
    expect(error.message).toMatch(/it needs a token with the permission actions: write\)$/);
  });

  test.each([
    "This workflow is already running",
    "The workflow run containing this job is already running",
    "Unable to retry this workflow run because it was created over a month ago",
    "This workflow run cannot be retried",
    "This workflow run cannot be rerun",
    "This workflow run has been retried too many times; 50 is the limit",
    "Only jobs from the current attempt can be re-run",
    "This run is not from a fork pull request or queued by the Actions bot",
    "Unable to disable a workflow that is not active.",
  ])(
    "that speaks of a run's state is a ConflictError, not blamed on the token: %s",
    async (words) => {
      // GitHub sends this header with every response to a fine-grained token.
      const error = await apiErrorOf({ "x-accepted-github-permissions": "actions=write" }, words);
      expect(error).toBeInstanceOf(ConflictError);
      expect(error).toMatchObject({ name: "ConflictError", status: 403 });
      expect(error.message.endsWith(`: ${words}`)).toBe(true);
    },
  );

  test.each([
    "Must have admin rights to Repository.",
    "Resource not accessible by integration",
    "Could not delete the workflow run",
    "This run is not accessible by your token",
    "Repository access blocked",
    "",
  ])("of other words stays an AuthenticationError: %j", async (words) => {
    expect((await refusal({}, words)).status).toBe(403);
  });

  test.each([
    "Although you appear to have the correct authorization credentials, the `o` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
    "Repository access blocked",
    "Sorry. Your account was suspended. Access denied.",
    "Resource not accessible: GitHub Actions is disabled for this repository",
  ])("that no permission would change names none: %s", async (words) => {
    const headers = { "x-accepted-github-permissions": "actions=write" };
    const error = await refusal(headers, words);
    expect(error.message.endsWith(`: ${words}`)).toBe(true);
    expect(error.acceptedPermissions).toEqual([{ actions: "write" }]);
  });

  test.each([
    "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
    "<html><title>Access forbidden by proxy</title></html>",
  ])("that is no JSON is not the API's: %s", async (text) => {
    await using server = await serve((_, response) => response.writeHead(403).end(text));
    const github = createClient({ baseUrl: server.url });
    await expect(github.cancelWorkflowRun(run)).rejects.toThrow(
      /: (Request forbidden by administrative rules.*header|Access forbidden by proxy)$/,
    );
  });

  test("of a run's state is one of single sign-on where GitHub says that it is", async () => {
    const url = "https://github.com/orgs/o/sso?authorization_request=AB";
    const headers = { "x-github-sso": `required; url=${url}` };
    expect((await refusal(headers, "This workflow is already running")).ssoUrl).toBe(url);
  });

  test("of single sign-on says where to authorize the token", async () => {
    const url = "https://github.com/orgs/o/sso?authorization_request=AB";
    const error = await refusal(
      { "x-github-sso": `required; url=${url}` },
      "Resource protected by organization SAML enforcement.",
    );
    expect(error.ssoUrl).toBe(url);
    expect(error.message).toContain(`single sign-on: ${url}`);
  });

  test("401 has no permission in its message", async () => {
    expect((await refusal({}, "Bad credentials", 401)).message).toMatch(
      /Bad credentials \(the token is wrong, has expired, or was revoked\)$/,
    );
  });
});

test("a 404 that is no JSON is not the API's: it asks about baseUrl", async () => {
  await using server = await serve((request, response) =>
    request.url.startsWith("/api/v3")
      ? json(response, 404, { message: "Not Found" })
      : response.writeHead(404).end("<!doctype html><title>Page not found</title>"),
  );
  const call = (baseUrl: string): Promise<unknown> => createClient({ baseUrl }).getWorkflowRun(run);
  await expect(call(server.url)).rejects.toThrow(
    /: Page not found \(this is no response of the API; is `baseUrl` right\?\)$/,
  );
  await expect(call(`${server.url}/api/v3`)).rejects.toThrow(/or the token cannot see it\)$/);
});

describe("a host of logs that has no such file", () => {
  const xml = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.\nsig=s3cret</Message></Error>`;

  test.each([
    [
      404,
      "NotFoundError",
      /has no such file \(BlobNotFound\): there is no log, it was deleted, or it is not stored yet\.$/,
    ],
    [410, "GoneError", /no longer has the file \(BlobNotFound\): the logs have expired\.$/],
    [403, "ApiError", /refused the download \(BlobNotFound\)\.$/],
  ])(
    "%i is a %s in one sentence, without XML, and is not repeated",
    async (status, name, message) => {
      await using files = await serve((_, response) => response.writeHead(status).end(xml));
      await using server = await serve((_, response) =>
        response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
      );
      const github = createClient({ baseUrl: server.url, auth: "t0ken" });
      const error: unknown = await github
        .downloadJobLogsForWorkflowRun({ owner: "o", repo: "r", job_id: 202 })
        .catch((error: unknown) => error);
      expect(error).toMatchObject({ name, status, message: expect.stringMatching(message) });
      expect(inspect(error, { depth: 9 })).not.toMatch(/s3cret|t0ken|<|specified blob/);
      expect(files.received).toHaveLength(1);
    },
  );
});

describe("deprecation", () => {
  const url = "https://docs.github.com/rest/about-the-rest-api/breaking-changes";
  const headers = {
    deprecation: "Tue, 10 Mar 2026 00:00:00 GMT",
    sunset: "Fri, 10 Mar 2028 00:00:00 GMT",
    link: `<https://api.github.com/x?page=2>; rel="next", <${url}>; rel="deprecation"; type="text/html"`,
  };

  test("is reported once per operation, with its dates", async () => {
    await using server = await serve((request, response) =>
      json(response, request.method === "POST" ? 201 : 200, {}, headers),
    );
    const published: unknown[] = [];
    const listener = (event: unknown): unknown => published.push(event);
    subscribe("workflow-runs:deprecation", listener);
    const events: DeprecationEvent[] = [];
    const github = createClient({
      baseUrl: server.url,
      auth: "t0ken",
      onDeprecation: (event) => events.push(event),
    });
    for (let times = 0; times < 3; times++) {
      await github.getWorkflowRun(run);
      await github.reRunWorkflow(run);
      await github.fetch(`${server.url}/repos/o/r/actions/runs/${times}`);
    }
    unsubscribe("workflow-runs:deprecation", listener);
    expect(events).toEqual([
      {
        operation: "actions/get-workflow-run",
        method: "GET",
        url: `${server.url}/repos/o/r/actions/runs/42`,
        deprecated: new Date("2026-03-10"),
        sunset: new Date("2028-03-10"),
        documentationUrl: url,
      },
      expect.objectContaining({ operation: "actions/re-run-workflow" }),
      expect.objectContaining({ operation: undefined }),
    ]);
    expect(published).toEqual(events);
  });

  test.each([
    [{ deprecation: "@1773100800" }, new Date("2026-03-10"), undefined],
    [{ deprecation: "true" }, undefined, undefined],
    [{ deprecation: "@99999999999999999999" }, undefined, undefined],
    [{ sunset: "Fri, 10 Mar 2028 00:00:00 GMT" }, undefined, new Date("2028-03-10")],
  ])("%j", async (headers, deprecated, sunset) => {
    await using server = await serve((_, response) => json(response, 200, {}, headers));
    const events: DeprecationEvent[] = [];
    const onDeprecation = (event: DeprecationEvent): unknown => events.push(event);
    await createClient({ baseUrl: server.url, onDeprecation }).getWorkflowRun(run);
    expect(events).toMatchObject([{ deprecated, sunset, documentationUrl: undefined }]);
  });
});
