import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ArchiveError,
  ArchiveLimitError,
  CorruptArchiveError,
  openRunLogs,
  UnsafeArchiveError,
  UnsupportedArchiveError,
} from "../src/index.ts";
import { extractRunLogs } from "../src/node/index.ts";
import { memorySource } from "../src/zip/byte-source.ts";
import { type Limits, withDefaults } from "../src/zip/limits.ts";
import { pickEngine } from "../src/zip/pick-engine.ts";
import { openArchive } from "../src/zip/random-archive.ts";
import { streamArchive } from "../src/zip/stream-archive.ts";
import { webEngine } from "../src/zip/web-engine.ts";
import { type FailureRecipe, failureRecipes, promisedCode } from "./failure-recipes.ts";

const folder = new URL("./failure/", import.meta.url);
const read = ({ file }: FailureRecipe) => readFileSync(new URL(`${file}.zip`, folder));

const classes: [RegExp, typeof ArchiveError | typeof ArchiveLimitError][] = [
  [/^(not-a|truncated|bad-|crc|size|descriptor|directory-mismatch)/, CorruptArchiveError],
  [/^(trailing|hidden|overlapping|duplicate|unsafe|invalid|symlink|ambiguous)/, UnsafeArchiveError],
  [/^(encrypted|unknown|multiple)/, UnsupportedArchiveError],
  [
    /^(too-many|entry-too|archive-too|compression|directory-too|line-too|text-too)/,
    ArchiveLimitError,
  ],
];

async function refusal(work: Promise<unknown>): Promise<ArchiveError> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error, "it was read without an error").toBeInstanceOf(ArchiveError);
  return error as ArchiveError;
}

/** DecompressionStream does not tell a wrong CRC-32 from damaged data. */
function namer(code: string) {
  return (error: ArchiveError, engine: string): string =>
    engine === "node:zlib" || error.name !== "CorruptArchiveError" ? error.code : code;
}

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

async function readAll(
  recipe: FailureRecipe,
  how: "lines" | "text" | "bytes",
  archive: Uint8Array = read(recipe),
): Promise<void> {
  const logs = await openRunLogs(archive, recipe.limits && { limits: recipe.limits });
  if (how === "text") for (const job of logs.jobs) await job.text();
  if (how === "lines") for (const job of logs.jobs) for await (const _ of job.lines());
  for (const entry of logs.entries) await drain(entry.bytes());
}

const forms = { "node:zlib": pickEngine(), DecompressionStream: webEngine() };

async function throughStream(
  bytes: Uint8Array,
  engine: keyof typeof forms,
  limits?: Partial<Limits>,
) {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  };
  for await (const entry of streamArchive(pieces(), forms[engine], withDefaults(limits)))
    await drain(entry.bytes());
}

async function throughDirectory(
  bytes: Uint8Array,
  engine: keyof typeof forms,
  limits?: Partial<Limits>,
) {
  const source = memorySource([bytes]);
  for (const entry of await openArchive(source, forms[engine], withDefaults(limits)))
    await drain(entry.bytes());
}

test("the folder holds what the recipes make, and nothing else", () => {
  expect(readdirSync(folder).sort()).toEqual(
    failureRecipes.map(({ file }) => `${file}.zip`).sort(),
  );
});

describe.each(failureRecipes)("$file", (recipe) => {
  const code = promisedCode(recipe);
  const named = namer(code);
  const expected = classes.find(([names]) => names.test(code))?.[1] as typeof ArchiveError;

  test("openRunLogs refuses it, naming what is wrong", async () => {
    const error = await refusal(readAll(recipe, recipe.when ?? "bytes"));
    expect(error).toBeInstanceOf(expected);
    expect([error.code, error.name]).toEqual([code, expected.name]);
    // A limit's error names the number and the option; others have no limit to name.
    const { maximum = "", limit = "" } = error as Partial<ArchiveLimitError>;
    expect(error.message).toContain(String(maximum));
    expect(error.message).toContain(limit && `limits.${limit}`);
  });

  test("a freshly made one is refused in the same way", async () => {
    const error = await refusal(readAll(recipe, recipe.when ?? "bytes", recipe.make()));
    expect(error.code).toBe(code);
  });

  if (recipe.when || code === "archive-too-large") return;
  test.each(Object.keys(forms) as (keyof typeof forms)[])("%s, as a stream", async (engine) => {
    const error = await refusal(throughStream(read(recipe), engine, recipe.limits));
    expect(error).toBeInstanceOf(expected);
    expect(named(error, engine)).toBe(code);
  });
  test.each(Object.keys(forms) as (keyof typeof forms)[])(
    "%s, by the directory",
    async (engine) => {
      const error = await refusal(throughDirectory(read(recipe), engine, recipe.limits));
      expect(error).toBeInstanceOf(expected);
      expect(named(error, engine)).toBe(code);
    },
  );
});

describe("extractRunLogs", () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "logs-"));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each(
    failureRecipes.filter(({ when, file }) => !when && file !== "archive-too-large.packed"),
  )("$file leaves nothing behind", async (recipe) => {
    const target = join(home, "logs");
    const error = await refusal(
      extractRunLogs(read(recipe), target, recipe.limits && { limits: recipe.limits }),
    );
    expect(error.code).toBe(promisedCode(recipe));
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(home)).toEqual([]);
  });
});
