import { ParameterError } from "@workflow-runs/core/support";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type JobLog, type LineLevel, type LogLine, openRunLogs, type StepLog } from "../index.ts";
import { stamp } from "../../test/log-archives.ts";
import { writeZip } from "../../test/zip-writer.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The log as the only step of a job. */
async function stepOf(text: string | Uint8Array): Promise<StepLog> {
  const logs = await openRunLogs(writeZip([{ name: "build/1_Test.txt", content: text }]));
  return (logs.jobs[0] as JobLog).steps[0] as StepLog;
}

async function linesOf(text: string): Promise<LogLine[]> {
  return all((await stepOf(text)).lines());
}

const at = (seconds: number, text: string) => `${stamp(seconds)} ${text}\n`;

describe("a line", () => {
  test("has its time in milliseconds, its number, its job and its step", async () => {
    const step = await stepOf(at(1.5, "hello"));
    expect(await all(step.lines())).toEqual([
      {
        number: 1,
        timestamp: Date.UTC(2026, 0, 1, 0, 0, 1, 500),
        level: "output",
        text: "hello",
        raw: `${stamp(1.5)} hello`,
        groups: [],
        continuation: false,
        job: step.job,
        step,
      },
    ]);
    expectTypeOf<LogLine["step"]>().toEqualTypeOf<StepLog | undefined>();
    // @ts-expect-error a level is one of GitHub's
    expect(() => step.lines({ levels: ["fatal"] })).toThrow(ParameterError);
  });

  test.each([
    ["2024-02-29T23:59:59.9999999Z", Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ["1999-12-31T00:00:00.0010000Z", Date.UTC(1999, 11, 31, 0, 0, 0, 1)],
    ["2023-02-29T00:00:00.0000000Z", undefined],
    ["2023-13-01T00:00:00.0000000Z", undefined],
    ["2023-01-01T00:00:00.000000xZ", undefined],
    ["20x3-01-01T00:00:00.0000000Z", undefined],
  ])("%s is the time %s", async (time, expected) => {
    expect((await linesOf(`${time} x`))[0]?.timestamp).toBe(expected);
  });

  test("keeps ANSI codes in raw, and has none in text", async () => {
    const [line] = await linesOf(
      at(
        0,
        "\u001b[36;1mnpm test\u001b[0m \u001b]8;;https://x\u0007link\u001b]8;;\u0007 \u001b[2K.",
      ),
    );
    expect(line?.text).toBe("npm test link .");
    expect(line?.raw).toContain("\u001b[36;1m");
  });

  test.each([
    ["one that another breaks off", "\u001b[3\u001b[0m1mred", "1mred"],
    ["one that another escape follows", "\u001b\u001b[31mred", "red"],
    ["one that the line's end breaks off", "red\u001b[31", "red"],
    ["an escape alone", "red\u001b", "red"],
    ["an escape before a letter of no sequence", "\u001bé", "é"],
  ])("no escape stays in text: %s", async (_name, written, text) => {
    const [line] = await linesOf(at(0, written));
    expect(line?.text).toBe(text);
  });

  test("colours that `gh run view --log` has written out are none of the text; a regular expression is", async () => {
    const lines = await linesOf(
      [
        at(0, "^[[91merror^[[0m^[[90m TS2322: ^[[0mtoo few"),
        at(1, "grep -E '^[[:space:]]*m$' ^[[a-z]"),
      ].join(""),
    );
    expect(lines.map(({ text }) => text)).toEqual([
      "error TS2322: too few",
      "grep -E '^[[:space:]]*m$' ^[[a-z]",
    ]);
  });

  test.each<[string, LineLevel, string]>([
    [
      "##[error]Process completed with exit code 1.",
      "error",
      "Process completed with exit code 1.",
    ],
    ["##[warning]old", "warning", "old"],
    ["##[notice]look", "notice", "look"],
    ["##[debug]deep", "debug", "deep"],
    ["##[command]/usr/bin/git version", "command", "/usr/bin/git version"],
    ["[command]/usr/bin/git version", "command", "/usr/bin/git version"],
    ["##[section]Starting: Prepare", "section", "Starting: Prepare"],
    ["##[group]Run npm test", "group", "Run npm test"],
    ["##[endgroup]", "endgroup", ""],
    ["##[add-matcher]x.json", "output", "##[add-matcher]x.json"],
    ["##[toString]x", "output", "##[toString]x"],
    [" ##[error]indented", "output", " ##[error]indented"],
    ["##[error", "output", "##[error"],
  ])("%s is of level %s", async (message, level, text) => {
    expect((await linesOf(at(0, message)))[0]).toMatchObject({ level, text });
  });

  test("is read from Windows, without its carriage return, which may stand inside", async () => {
    const lines = await linesOf(`${stamp(0)} 10 %\r20 %\r\n${stamp(1)} \r\n`);
    expect(lines.map(({ text }) => text)).toEqual(["10 %\r20 %", ""]);
  });

  test("may begin with a byte order mark anywhere in a log", async () => {
    const lines = await linesOf(`\ufeff${at(0, "a")}\ufeff${at(1, "b")}`);
    expect(lines.map(({ text, timestamp }) => [text, timestamp !== undefined])).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  test("goes on where a message has several lines, of the same time and level", async () => {
    const lines = await linesOf(`${at(3, "##[error]first")}second\n\n${at(4, "third")}`);
    expect(lines.map(({ text, level, continuation }) => [text, level, continuation])).toEqual([
      ["first", "error", false],
      ["second", "error", true],
      ["", "error", true],
      ["third", "output", false],
    ]);
    expect(lines[1]?.timestamp).toBe(lines[0]?.timestamp);
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test("of 1.6 MB is read whole, and one over the limit is refused", async () => {
    const long = "x".repeat(1_600_000);
    expect((await linesOf(at(0, long)))[0]?.text).toBe(long);
    const logs = await openRunLogs(writeZip([{ name: "build/1_a.txt", content: at(0, long) }]), {
      limits: { lineLength: 1_000_000 },
    });
    await expect(all((logs.jobs[0] as JobLog).lines())).rejects.toThrow(
      /1000000.*limits\.lineLength/,
    );
  });

  test("without a line end is a line; an empty log has none", async () => {
    expect((await linesOf(`${stamp(0)} a`)).length).toBe(1);
    expect(await linesOf("")).toEqual([]);
  });
});

describe("groups", () => {
  test("nest, and a line knows the titles it is in", async () => {
    const lines = await linesOf(
      [
        "##[group]A",
        "in A",
        "##[group]\u001b[1mB\u001b[0m",
        "in B",
        "##[endgroup]",
        "again A",
        "##[endgroup]",
        "out",
        "##[endgroup]",
        "still out",
      ]
        .map((text, index) => at(index, text))
        .join(""),
    );
    expect(Object.fromEntries(lines.map(({ text, groups }) => [text, groups]))).toMatchObject({
      A: [],
      "in A": ["A"],
      B: ["A"],
      "in B": ["A", "B"],
      "again A": ["A"],
      out: [],
      "still out": [],
    });
  });

  test("that are never closed do not make every line longer than the last", async () => {
    const open = Array.from({ length: 500 }, (_, index) => at(index, `##[group]g${index}`));
    const shut = Array.from({ length: 500 }, (_, index) => at(index, "##[endgroup]"));
    const lines = await linesOf([...open, at(1, "deep"), ...shut, at(2, "out")].join(""));
    expect(lines.find(({ text }) => text === "deep")?.groups.length).toBe(32);
    expect(lines.at(-1)?.groups).toEqual([]);
  });

  test("are made of a composite action's steps too, with what they are called", async () => {
    const lines = await linesOf(
      [
        "##[start-action display=Run a%3B b %5B100%25%5D;id=setup.node]",
        "##[group]Run npm ci",
        "##[end-action id=setup.node;outcome=failure;conclusion=success;duration_ms=12]",
        "out",
      ]
        .map((text, index) => at(index, text))
        .join(""),
    );
    expect(lines.map(({ level, text, groups }) => [level, text, groups])).toEqual([
      ["start-action", "Run a; b %5B100%]", []],
      ["group", "Run npm ci", ["Run a; b %5B100%]"]],
      ["end-action", "success", []],
      ["output", "out", []],
    ]);
  });

  test("a marker of an action that cannot be read opens and closes none", async () => {
    const lines = await linesOf(
      ["##[group]g", "##[start-action id=a.b", "in", "##[end-action id=a.b", "in"]
        .map((text, index) => at(index, text))
        .join(""),
    );
    expect(lines.slice(1).map(({ groups }) => groups)).toEqual([["g"], ["g"], ["g"], ["g"]]);
  });
});

describe("reading", () => {
  const mixed = Array.from({ length: 3000 }, (_, index) =>
    at(
      index,
      index % 7 === 0 ? `##[error]e${index}` : index % 5 === 0 ? "##[group]g" : `o${index}`,
    ),
  ).join("");

  test("a filter gives the same lines as filtering all of them", async () => {
    const step = await stepOf(`${mixed}\ngoes on\n`);
    const errors = await all(step.lines({ levels: ["error"] }));
    expect(errors).toEqual((await all(step.lines())).filter(({ level }) => level === "error"));
    expect(errors.length).toBeGreaterThan(400);
  });

  test("batches hold the same lines", async () => {
    const step = await stepOf(mixed);
    const batches = await all(step.lines().batches());
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.flat()).toEqual(await all(step.lines()));
  });

  test("stops with the signal's reason", async () => {
    const step = await stepOf(mixed);
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = async () => {
      for await (const { number } of step.lines({ signal: stop.signal })) {
        seen.push(number);
        if (number === 10) stop.abort(new Error("enough"));
      }
    };
    await expect(reading()).rejects.toThrow("enough");
    expect(seen.length).toBe(10);
  });

  test("can end early and start again", async () => {
    const step = await stepOf(mixed);
    for await (const line of step.lines()) if (line.number === 3) break;
    expect((await all(step.lines())).length).toBe(3000);
  });

  test("any text comes back line by line, however the bytes fall", async () => {
    const line = fc
      .string({
        unit: fc.constantFrom("a", "é", "🔒", "\u2028", " ", "#", "[", "]", "\u001b", "\ufeff"),
      })
      .map((text) => text.replace(/^\ufeff+/, ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9000 }),
        async (texts, repeat) => {
          const many = Array.from({ length: repeat % 40 }, () => texts).flat();
          const raw = (await linesOf(many.map((text) => `${text}\n`).join(""))).map(
            ({ raw }) => raw,
          );
          expect(raw).toEqual(many);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("40,000 composite actions that never end cost little, and lines behind them are read", async () => {
  const open = Array.from(
    { length: 40_000 },
    (_, at) => `2026-01-01T00:00:00.0000000Z ##[start-action display=y;id=a.${at}]\n`,
  ).join("");
  const text = `${open}2026-01-01T00:00:01.0000000Z last\n`;
  const logs = await openRunLogs(writeZip([{ name: "0_a.txt", content: text }]));
  let last: LogLine | undefined;
  for await (const line of (logs.jobs[0] as JobLog).lines()) last = line;
  expect(last?.text).toBe("last");
  expect(last?.groups).toHaveLength(32);
});

test("lines requested before the earlier ones have come arrive in order, and each once", async () => {
  const text = Array.from({ length: 500 }, (_, at) => `${stamp(at)} ${at}\n`).join("");
  const logs = await openRunLogs(writeZip([{ name: "0_a.txt", content: text }]));
  const lines = (logs.jobs[0] as JobLog).lines()[Symbol.asyncIterator]();
  const requested = await Promise.all(Array.from({ length: 502 }, () => lines.next()));
  expect(requested.map(({ value }) => (value as LogLine | undefined)?.text)).toEqual([
    ...Array.from({ length: 500 }, (_, at) => String(at)),
    undefined,
    undefined,
  ]);
});
