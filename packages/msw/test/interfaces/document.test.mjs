// Run by Vitest with --globals and by Jest: in documents of jsdom and happy-dom, which replace or hide
// what is Node's own.
import { createActionsFake, presets } from "@workflow-runs/msw";
import { setupServer } from "msw/node";

const fake = createActionsFake();
const server = setupServer(...fake.handlers());
beforeAll(() => server.listen({ onUnhandledRequest: "error", onUnhandledFrame: "error" }));
afterEach(() => fake.reset());
afterAll(() => server.close());

const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";
const get = (url, headers) =>
  fetch(url, { headers: { "x-github-api-version": "2022-11-28", ...headers } });
const bytesOf = async (response) => new Uint8Array(await response.arrayBuffer());

test("there is a document", () => {
  expect(typeof document).toBe("object");
});

test("lists, with a header that makes a browser ask first", async () => {
  fake.repository("octo-org/octo-repo").createRun(presets.failure());
  expect((await (await get(runs)).json()).total_count).toBe(1);
  expect(fake.requests.map(({ method }) => method)).toEqual(["GET"]);
});

test("downloads a short archive and a long one whole", async () => {
  const repository = fake.repository("octo-org/octo-repo");
  const long = { name: "build", steps: [{ name: "Run make", lines: 100_000 }] };
  for (const init of [presets.failure(), { jobs: [long] }]) {
    const run = repository.createRun({ ...init, status: "completed" });
    const whole = await bytesOf(await get(`${runs}/${run.id}/logs`));
    // The end record says where the central directory is and how long.
    const end = new DataView(whole.buffer, whole.length - 22);
    expect(end.getUint32(0, true)).toBe(0x06054b50);
    expect(end.getUint32(12, true) + end.getUint32(16, true)).toBe(whole.length - 22);
  }
});
