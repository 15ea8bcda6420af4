import { setupServer } from "msw/node";
import { afterEach, describe, expect, test } from "vitest";
import { createActionsFake, type ActionsFake } from "../src/index.ts";
import { listen } from "../src/node/index.ts";
import { scenarios } from "./scenarios/index.ts";
import { evidencePage } from "./scenarios/page.ts";
import { tokens, type Exchange, type Scenario } from "./scenarios/scenario.ts";
import { start } from "./set-up.ts";
import { validated } from "./validation.ts";

type Names = Record<string, string | number | undefined>;

/** An interface of the fake: how to ask, and where GitHub's own hosts are there. */
interface Interface {
  fetch: typeof globalThis.fetch;
  /** Pairs of GitHub's origin and the interface's. */
  hosts: readonly (readonly [github: string, here: string])[];
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const api = "https://api.github.com";
const storage = "https://productionresultssa0.blob.core.windows.net";

const interfaces: Record<string, (fake: ActionsFake) => Interface | Promise<Interface>> = {
  "fake.fetch": (fake) => ({ fetch: fake.fetch, hosts: [] }),
  "MSW's handlers": (fake) => {
    const server = setupServer(...fake.handlers());
    server.listen({ onUnhandledFrame: "error" });
    closers.push(() => server.close());
    return { fetch: globalThis.fetch, hosts: [] };
  },
  "the server": async (fake) => {
    const server = await listen(fake);
    closers.push(() => server.close());
    const logs = server.url.replace("127.0.0.1", "localhost");
    return {
      fetch: globalThis.fetch,
      hosts: [
        [api, server.url],
        [storage, logs],
      ],
    };
  },
};

/** `{run}` and the like replaced in whatever it is; a number where there is nothing else. */
function filled<T>(value: T, names: Names): T {
  if (typeof value === "string") {
    const whole = /^\{(\w+)\}$/.exec(value)?.[1];
    if (whole !== undefined && whole in names) return names[whole] as T;
    return value.replaceAll(/\{(\w+)\}/g, (same, name: string) => String(names[name] ?? same)) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => filled(one, names)) as T;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, filled(one as unknown, names)]),
  ) as T;
}

/** What a test says of GitHub's hosts, said of the interface's, or the other way round. */
function moved(text: string, hosts: Interface["hosts"], back = false): string {
  return hosts.reduce(
    (known, [github, here]) => known.replaceAll(back ? here : github, back ? github : here),
    text,
  );
}

async function replay(exchange: Exchange, via: Interface, names: Names): Promise<void> {
  const {
    send,
    body,
    headers,
    as = "ghp_mona",
    status,
    answers = {},
    has,
    text: said,
    keep = {},
  } = exchange;
  const [method = "", path = ""] = send.split(" ");
  const asked = filled(path, names);
  const url = asked.startsWith("/") ? `${api}/repos/octo-org/octo-repo${asked}` : asked;
  const response = await via.fetch(moved(url, via.hosts), {
    method,
    redirect: "manual",
    headers: {
      ...(as === "nobody" ? {} : { authorization: `Bearer ${as}` }),
      ...filled(headers ?? {}, names),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(filled(body, names)) }),
  });
  const text = moved(await response.text(), via.hosts, true);
  const what = `${method} ${asked}`;
  expect(response.status, `${what}: ${text.slice(0, 300)}`).toBe(status);
  for (const [name, wanted] of Object.entries(answers)) {
    const header = response.headers.get(name);
    const value = header === null ? null : moved(header, via.hosts, true);
    if (wanted instanceof RegExp) expect(value, `${what}, ${name}`).toMatch(wanted);
    else expect(value, `${what}, ${name}`).toBe(filled(wanted, names));
  }
  const json: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined;
  if (has !== undefined) expect(json, what).toMatchObject(filled(has, names) as object);
  if (said instanceof RegExp) expect(text, what).toMatch(said);
  else if (said !== undefined) expect(text, what).toBe(said);
  for (const [name, from] of Object.entries(keep)) {
    const header = response.headers.get(from);
    names[name] =
      header ?? (from.split(".").reduce<unknown>((at, key) => (at as Names)[key], json) as number);
  }
}

async function play(scenario: Scenario, interfaceName: string): Promise<void> {
  const fake = createActionsFake({
    clock: () => start,
    tokens,
    onInvalidRequest: () => {},
  });
  const names: Names = { ...scenario.given(fake.repository("octo-org/octo-repo"), fake) };
  const { problems } = validated(fake);
  const via = await (interfaces[interfaceName] as (typeof interfaces)[string])(fake);
  for (const exchange of scenario.exchanges) {
    for (let time = 0; time < (exchange.times ?? 1); time += 1) {
      if (exchange.after !== undefined) fake.advance(exchange.after);
      await replay(exchange, via, names);
    }
  }
  expect(problems).toEqual([]);
}

describe.each(Object.keys(interfaces))("through %s GitHub's behaviour is imitated", (via) => {
  test.each(scenarios.map((scenario): [string, Scenario] => [scenario.says, scenario]))(
    "%s",
    async (_, scenario) => {
      await play(scenario, via);
      expect(scenario.exchanges.length).toBeGreaterThan(0);
    },
  );
});

describe("the table of evidence", () => {
  test("names a source for whatever is not made up", () => {
    const without = scenarios.filter(
      ({ evidence, source }) => (evidence === "made up") !== (source === undefined),
    );
    expect(without.map(({ says }) => says)).toEqual([]);
  });

  test("is docs/github.md (vitest -u writes it)", async () => {
    await expect(evidencePage(scenarios)).toMatchFileSnapshot("../../../docs/github.md");
  });
});
