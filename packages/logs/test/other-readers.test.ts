import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  asStream,
  byDirectory,
  type Contents,
  damaged,
  damages,
  type Outcome,
  outcome,
  samples,
} from "./damage.ts";
import { failureRecipes } from "./failure-recipes.ts";

/** What a reader found in each archive: a hash of all names and contents; undefined where it refused. */
type Found = readonly (string | undefined)[];

interface OtherReader {
  readonly name: string;
  /** A command that shows that it is installed. */
  readonly probe: readonly [string, ...string[]];
  readonly read: (paths: readonly string[]) => Found;
  /** What it shows of contents that we read. */
  readonly hash: (contents: Contents) => string;
}

function sha(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

const python = `
import hashlib, sys, zipfile
for path in sys.stdin.read().split("\\n"):
    try:
        lines = []
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                lines.append(entry.filename + " " + hashlib.sha256(archive.read(entry)).hexdigest() + "\\n")
        print(hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest())
    except Exception:
        print("-")
`;

const readers: readonly OtherReader[] = [
  {
    name: "Python's zipfile",
    probe: ["python3", "-c", "import zipfile"],
    read(paths) {
      const { stdout } = spawnSync("python3", ["-c", python], {
        input: paths.join("\n"),
        encoding: "utf8",
        env: { ...process.env, PYTHONUTF8: "1" },
      });
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => (line === "-" ? undefined : line));
    },
    hash: (contents) =>
      sha(
        [...contents]
          .map(([path, content]) => `${path} ${sha(Buffer.from(content, "latin1"))}\n`)
          .sort()
          .join(""),
      ),
  },
  {
    name: "Info-ZIP's unzip",
    probe: ["unzip", "-v"],
    // It numbers what is there twice and shortens names, so that contents alone are compared. 1 is a warning.
    read: (paths) =>
      paths.map((path) => {
        const { status, stdout } = spawnSync("unzip", ["-p", "-P", "", path], {
          maxBuffer: 2 ** 28,
        });
        return status === 0 || status === 1 ? sha(stdout) : undefined;
      }),
    hash: (contents) => sha(...[...contents.values()].map((each) => Buffer.from(each, "latin1"))),
  },
];

interface Archive {
  readonly path: string;
  readonly ours: readonly Outcome[];
}

async function prepared(home: string): Promise<readonly Archive[]> {
  const list = fc.sample(fc.tuple(fc.nat(samples.length - 1), damages), {
    seed: 20_260_102,
    numRuns: 150,
  });
  const archives = [
    ...samples,
    ...failureRecipes
      .filter(({ limits, when }) => !limits && !when)
      .map(({ file }) => readFileSync(new URL(`./failure/${file}.zip`, import.meta.url))),
    ...list.map(([index, each]) => damaged(samples[index] as Uint8Array, each)),
  ];
  return Promise.all(
    archives.map(async (bytes, index) => {
      const path = join(home, `${index}.zip`);
      writeFileSync(path, bytes);
      return { path, ours: [await outcome(byDirectory(bytes)), await outcome(asStream(bytes))] };
    }),
  );
}

describe("another reader", () => {
  const home = mkdtempSync(join(tmpdir(), "logs-readers-"));
  let archives: readonly Archive[] = [];
  beforeAll(async () => {
    mkdirSync(home, { recursive: true });
    archives = await prepared(home);
  }, 120_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  describe.each(readers)("$name", ({ probe: [command, ...args], read, hash, name }) => {
    const isMissing = spawnSync(command, args).status !== 0;
    const why = isMissing ? ` (skipped: ${name} is not installed)` : "";

    test.skipIf(isMissing)(
      `reads nothing that we read in another way, and is deceived where we refuse${why}`,
      () => {
        const found = read(archives.map(({ path }) => path));
        const isRead = (one: Outcome, index: number) =>
          "contents" in one && hash(one.contents) === found[index];
        const sound = archives.slice(0, samples.length);
        expect(sound.map(({ ours }, at) => ours.every((one) => isRead(one, at)))).not.toContain(
          false,
        );
        const differing: string[] = [];
        let deceived = 0;
        for (const [index, { ours }] of archives.entries()) {
          if (found[index] === undefined) continue;
          if (ours.every((one) => "error" in one)) deceived++;
          else if (ours.some((one) => "contents" in one && !isRead(one, index)))
            differing.push(`${index}.zip`);
        }
        expect(differing).toEqual([]);
        expect(deceived).toBeGreaterThan(0);
      },
      120_000,
    );
  });
});
