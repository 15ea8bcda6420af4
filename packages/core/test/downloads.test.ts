import { createClient } from "../src/index.ts";
import { json, serve } from "./local-server.ts";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";

const run = { owner: "o", repo: "r", run_id: 42 };

describe("downloads", () => {
  test("come as a stream, without the token or any header of ours at the other host", async () => {
    await using files = await serve((_, response) => response.end("zip"));
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken" });
    const { data, response } = await github.downloadWorkflowRunLogs.withResponse(run);
    expect(data).toBe(response);
    expect(data.bodyUsed).toBe(false);
    expect(await data.text()).toBe("zip");
    expect(files.received[0]?.headers).not.toHaveProperty("authorization");
    expect(files.received[0]?.headers).not.toHaveProperty("x-github-api-version");
  });

  test("a range goes to the file's host, and comes back as the part it is", async () => {
    await using files = await serve((request, response) =>
      response
        .writeHead(206, { "content-range": "bytes 2-4/9" })
        .end([request.headers.range, request.headers["if-range"]].join(" ")),
    );
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken" });
    const headers = { Range: "bytes=2-4", "If-Range": '"1"', "x-mine": "1" };
    const part = await github.downloadWorkflowRunLogs(run, { headers });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/9",
      'bytes=2-4 "1"',
    ]);
    expect(files.received[0]?.headers).not.toHaveProperty("x-mine");
    // A link may be good once only: each call gets a fresh one from GitHub.
    await (await github.downloadWorkflowRunLogs(run, { headers })).body?.cancel();
    expect([server.received.length, files.received.length]).toEqual([2, 2]);
  });

  test("on the API's host but not below baseUrl (GHES) are fetched without the token", async () => {
    await using server = await serve((request, response) =>
      request.url.startsWith("/api/v3")
        ? response.writeHead(302, { location: "/_services/file" }).end()
        : response.end("zip"),
    );
    const github = createClient({ baseUrl: `${server.url}/api/v3`, auth: "t0ken" });
    expect(await (await github.downloadWorkflowRunLogs(run)).text()).toBe("zip");
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer t0ken",
      undefined,
    ]);
  });

  test("of a renamed repository take both redirects", async () => {
    await using files = await serve((_, response) => response.end("zip"));
    await using server = await serve((request, response) =>
      response
        .writeHead(302, {
          location: request.url.startsWith("/repositories")
            ? `${files.url}/f`
            : "/repositories/1/logs",
        })
        .end(),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken" });
    expect(await (await github.downloadWorkflowRunLogs(run)).text()).toBe("zip");
    expect(server.received).toHaveLength(2);
  });

  test('`redirect: "manual"` gives GitHub\'s own response with the location', async () => {
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: "https://files.example/f?sig=1" }).end(),
    );
    const github = createClient({ baseUrl: server.url });
    const response = await github.downloadJobLogsForWorkflowRun(
      { owner: "o", repo: "r", job_id: 1 },
      { redirect: "manual" },
    );
    expect([response.status, response.headers.get("location")]).toEqual([
      302,
      "https://files.example/f?sig=1",
    ]);
  });

  test.each([
    [404, "NotFoundError", /not completed yet|logs were deleted/],
    [410, "GoneError", /logs have expired/],
    [500, "ApiError", /no message/],
  ])("%i says what may be wrong", async (status, name, message) => {
    await using server = await serve((_, response) =>
      status === 500
        ? response.writeHead(500).end()
        : json(response, status, { message: "Not Found" }),
    );
    const github = createClient({ baseUrl: server.url, retry: false });
    await expect(github.downloadWorkflowRunLogs(run)).rejects.toMatchObject({
      name,
      status,
      message: expect.stringMatching(message),
    });
  });

  test.each([
    [403, /file host.*Signature expired/],
    [503, /Signature expired/],
  ])(
    "a file host that responds with %i gives an error without the signed URL",
    async (status, message) => {
      await using files = await serve((_, response) =>
        response
          .writeHead(status, { "content-type": "application/xml" })
          .end("<Error>Signature expired</Error>"),
      );
      await using server = await serve((_, response) =>
        response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
      );
      const error: unknown = await createClient({
        baseUrl: server.url,
        auth: "t0ken",
        retry: false,
      })
        .downloadWorkflowRunLogs(run)
        .catch((error: unknown) => error);
      expect(error).toMatchObject({
        name: "ApiError",
        status,
        message: expect.stringMatching(message),
      });
      expect(inspect(error, { depth: 9 })).not.toMatch(/s3cret|t0ken/);
      expect(server.received).toHaveLength(1);
    },
  );

  test.each(["https://exa mple:99999/x", undefined])(
    "a redirect to %s goes nowhere, and is GitHub's own response",
    async (location) => {
      await using server = await serve((_, response) =>
        json(
          response,
          302,
          { message: "Found", documentation_url: "https://docs.github.com" },
          location === undefined ? {} : { location },
        ),
      );
      const github = createClient({ baseUrl: server.url });
      await expect(github.downloadWorkflowRunLogs(run)).rejects.toMatchObject({
        name: "ApiError",
        status: 302,
        documentationUrl: "https://docs.github.com",
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test("a raw call's redirect away from the API is an error as any other: a value", async () => {
    await using server = await serve((_, response) =>
      json(response, 302, { message: "Found" }, { location: "https://elsewhere.example/x" }),
    );
    const github = createClient({ baseUrl: server.url });
    const { error, response } = await github.GET(
      "/repos/{owner}/{repo}/actions/runs/{run_id}/logs",
      { params: { path: run } },
    );
    expect([response.status, error]).toEqual([302, { message: "Found" }]);
  });

  test('`redirect: "manual"` of a renamed repository gives the location of the file', async () => {
    await using server = await serve((request, response) =>
      response
        .writeHead(request.url.startsWith("/repos/") ? 301 : 302, {
          location: request.url.startsWith("/repos/")
            ? "/repositories/1/logs"
            : "https://files.example/f",
        })
        .end(),
    );
    const github = createClient({ baseUrl: server.url });
    const found = await github.downloadWorkflowRunLogs(run, { redirect: "manual" });
    expect(found.headers.get("location")).toBe("https://files.example/f");
  });

  test.each(["file:///etc/hostname", "data:text/plain,x", "ftp://127.0.0.1/x"])(
    "a redirect to %s, which is no host, is not followed",
    async (location) => {
      await using server = await serve((_, response) =>
        response.writeHead(302, { location }).end(),
      );
      const github = createClient({ baseUrl: server.url });
      await expect(github.downloadWorkflowRunLogs(run)).rejects.toMatchObject({
        name: "ApiError",
        status: 302,
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test.each([undefined, false] as const)(
    "one that breaks off is a NetworkError, as any body is (timeout %s)",
    async (timeout) => {
      await using files = await serve((_, response) =>
        response.writeHead(200, { "content-length": "9" }).write("z", () => response.destroy()),
      );
      await using server = await serve((_, response) =>
        response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
      );
      const github = createClient({ baseUrl: server.url });
      const file = await github.downloadWorkflowRunLogs(run, { timeout });
      const error: unknown = await file.text().catch((error: unknown) => error);
      expect(error).toMatchObject({
        name: "NetworkError",
        message: expect.stringMatching(/^GET .*\/runs\/42\/logs: /),
        cause: expect.any(Error),
      });
      expect(inspect(error)).not.toContain("s3cret");
    },
  );

  test("an abort ends the body", async () => {
    await using files = await serve((_, response) => response.writeHead(200).write("begin"));
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${files.url}/f` }).end(),
    );
    const controller = new AbortController();
    const file = await createClient({ baseUrl: server.url }).downloadWorkflowRunLogs(run, {
      signal: controller.signal,
    });
    const reading = file.text();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  test("`timeout.perTry` ends with the headers: a long download is not cut off", async () => {
    await using files = await serve((_, response) => {
      response.writeHead(200).write("begin ");
      setTimeout(() => response.end("end"), 1500);
    });
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${files.url}/f` }).end(),
    );
    const file = await createClient({ baseUrl: server.url, timeout: 1000 }).downloadWorkflowRunLogs(
      run,
    );
    expect(await file.text()).toBe("begin end");
  });

  test("where the platform hides redirects (a browser), it follows by itself", async () => {
    const redirects: (string | undefined)[] = [];
    const github = createClient({
      fetch: (_, init) => {
        redirects.push(init?.redirect);
        const hidden = new Response(null, { status: 200 });
        Object.defineProperty(hidden, "type", { value: "opaqueredirect" });
        return Promise.resolve(init?.redirect === "manual" ? hidden : new Response("zip"));
      },
    });
    expect(await (await github.downloadWorkflowRunLogs(run)).text()).toBe("zip");
    expect(redirects).toEqual(["manual", "follow"]);
    await expect(
      github.downloadWorkflowRunLogs(run, { redirect: "manual", retry: false }),
    ).rejects.toThrow(/browser/);
    redirects.length = 0;
    await expect(github.reRunWorkflow(run)).rejects.toThrow(/browser/);
    expect(redirects).toEqual(["manual"]);
  });
});
