import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { context, trace } from "@opentelemetry/api";
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  sampler: new AlwaysOnSampler(),
  spanProcessors: [new SimpleSpanProcessor(exporter)],
});
const instrumentation = new UndiciInstrumentation();

beforeAll(() => {
  trace.setGlobalTracerProvider(provider);
  instrumentation.setTracerProvider(provider);
  instrumentation.enable();
});

afterAll(async () => {
  instrumentation.disable();
  trace.disable();
  context.disable();
  await provider.shutdown();
});

test("OpenTelemetry's instrumentation of fetch has a span for each try, and none holds the token", async () => {
  await using server = await serve((_, response, count) =>
    json(response, count === 1 ? 502 : 200, { id: 42 }),
  );
  const github = createClient({ baseUrl: server.url, auth: "t0ken", retry: { maxDelay: 1 } });
  await github.getWorkflowRun({ owner: "o", repo: "r", run_id: 42 });

  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ attributes }) => attributes)).toMatchObject([
    { "http.request.method": "GET", "http.response.status_code": 502 },
    { "http.request.method": "GET", "http.response.status_code": 200 },
  ]);
  expect(spans.map(({ attributes }) => attributes["url.full"])).toEqual(
    Array(2).fill(`${server.url}/repos/o/r/actions/runs/42`),
  );
  expect(
    JSON.stringify(spans.map(({ attributes, events }) => ({ attributes, events }))),
  ).not.toContain("t0ken");
});
