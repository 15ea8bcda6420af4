import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, win32 } from "node:path";
import { ParameterError } from "@workflow-runs/core/support";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noise } from "../../test/log-archives.ts";
import { writeZip } from "../../test/zip-writer.ts";
import { extractRunLogs, openRunLogs } from "./index.ts";
import { entryName } from "./folder.ts";
import { createNameBook, safeFileName } from "./safe-file-name.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "logs-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const archive = writeZip([
  { name: "0_build.txt", content: "whole\n" },
  { name: "build/", content: "" },
  { name: "build/1_Set up job.txt", content: "first\n" },
]);

describe("extractRunLogs", () => {
  test("writes the files of an archive and says which", async () => {
    const target = join(home, "deep/logs");
    expect(await extractRunLogs(archive, target)).toEqual([
      { path: "0_build.txt", file: "0_build.txt", size: 6 },
      { path: "build/1_Set up job.txt", file: "build/1_Set up job.txt", size: 6 },
    ]);
    expect(readFileSync(join(target, "build/1_Set up job.txt"), "utf8")).toBe("first\n");
    expect(readdirSync(join(home, "deep"))).toEqual(["logs"]);
  });

  test("takes a response, and tells its progress", async () => {
    const seen: unknown[] = [];
    const headers = { "content-length": String(archive.length) };
    await extractRunLogs(new Response(archive.slice(), { headers }), join(home, "logs"), {
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).toEqual({ received: archive.length, total: archive.length });
  });

  test("takes the path of a file", async () => {
    writeFileSync(join(home, "logs.zip"), archive);
    expect((await extractRunLogs(join(home, "logs.zip"), join(home, "logs"))).length).toBe(2);
  });

  test("refuses a response that is an error, before anything is written", async () => {
    const gone = new Response("gone", { status: 410 });
    await expect(extractRunLogs(gone, join(home, "logs"))).rejects.toThrow(/status 410/);
    expect(readdirSync(home)).toEqual([]);
  });

  test("takes an empty folder, and refuses one that is not", async () => {
    const target = join(home, "logs");
    mkdirSync(target);
    await extractRunLogs(archive, target);
    const refused = extractRunLogs(archive, target);
    await expect(refused).rejects.toThrow(ParameterError);
    await expect(refused).rejects.toMatchObject({
      parameter: "folder",
      message: expect.stringMatching(/^folder: .*logs is not empty\. .*name one/) as string,
    });
    expect(readFileSync(join(target, "0_build.txt"), "utf8")).toBe("whole\n");
    expect(readdirSync(home)).toEqual(["logs"]);
  });

  test("leaves nothing when it is aborted on the way", async () => {
    const stop = new AbortController();
    const large = writeZip([{ name: "0_build.txt", content: noise(3e6) }]);
    const work = extractRunLogs(large, join(home, "logs"), {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(work).rejects.toThrow("enough");
    expect(readdirSync(home)).toEqual([]);
  });

  test("leaves nothing when its source breaks", async () => {
    const broken = async function* () {
      yield archive.subarray(0, 60);
      throw new Error("broke");
    };
    await expect(extractRunLogs(broken(), join(home, "logs"))).rejects.toThrow("broke");
    expect(readdirSync(home)).toEqual([]);
  });

  test("leaves nothing on Ctrl-C, and the process dies of it", async () => {
    const program = join(home, "program.ts");
    writeFileSync(
      program,
      `import { extractRunLogs } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
       const archive = Buffer.from(${JSON.stringify(Buffer.from(archive).toString("base64"))}, "base64");
       await extractRunLogs((async function* () {
         yield archive.subarray(0, 60);
         console.log("waiting");
         await new Promise((resolve) => setTimeout(resolve, 60_000));
       })(), ${JSON.stringify(join(home, "out/logs"))});`,
    );
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    expect(readdirSync(join(home, "out")).length).toBe(1);
    child.kill("SIGINT");
    const [, signal] = (await once(child, "exit")) as [number | null, string];
    expect(signal).toBe("SIGINT");
    expect(readdirSync(join(home, "out"))).toEqual([]);
  });

  test("gives files of one name on Windows or macOS names of their own", async () => {
    const files = await extractRunLogs(
      writeZip([
        { name: "build/1_Run.txt", content: "a" },
        { name: "build/1_run.txt", content: "b" },
        { name: "build/1_run", content: "c" },
        { name: "build/1_run/x.txt", content: "d" },
        { name: "build/con.txt", content: "e" },
        { name: 'build/2_a:b|c"?.txt', content: "f" },
      ]),
      join(home, "logs"),
    );
    expect(files.map(({ file }) => file)).toEqual([
      "build/1_Run.txt",
      "build/1_run (2).txt",
      "build/1_run",
      "build/1_run_/x.txt",
      "build/_con.txt",
      "build/2_a_b_c__.txt",
    ]);
    expect(files.every(({ file }) => existsSync(join(home, "logs", file)))).toBe(true);
  });
});

describe("a safe file name", () => {
  test("can be written on every system, whatever the entry is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (path) => {
        for (const part of safeFileName(path).split("/")) {
          expect(part).not.toMatch(/[<>:"|?*\\\p{Cc}]|[. ]$|^(con|nul|aux|prn)(\.|$)/iu);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  test("stays in its folder on Windows, and is no device", () => {
    const odd = fc.constantFrom("..", ".", "C:", "\\\\server", "nul", "COM1.txt", "a ", "b.", "/");
    const entry = fc.array(fc.oneof(odd, fc.string({ maxLength: 20 })), { maxLength: 6 });
    fc.assert(
      fc.property(entry, fc.constantFrom("/", "\\"), (parts, separator) => {
        const name = safeFileName(parts.join(separator));
        const file = win32.join("C:\\logs", name);
        expect(`${file}\\`).toMatch(/^C:\\logs\\/);
        expect(entryName("C:\\logs", file, win32)).toBe(name);
        for (const part of file.split("\\").slice(1))
          expect(part).not.toMatch(/[<>:"|?*]|[. ]$|^(?:con|nul|aux|prn|com\d|lpt\d)(?:\.|$)/i);
      }),
    );
  });

  test("keeps the extension of a long name, and long names apart", () => {
    const [a, b] = ["a", "b"].map((end) => safeFileName(`${"é".repeat(150)}${end}.txt`));
    expect(a).toMatch(/^é+~[0-9a-f]{8}\.txt$/);
    expect(a).not.toBe(b);
  });

  test("is used once", () => {
    const names = createNameBook();
    expect([names.file("a.txt"), names.file("A.TXT"), names.file("a.txt")]).toEqual([
      "a.txt",
      "A (2).TXT",
      "a (3).txt",
    ]);
  });
});

describe("openRunLogs of a path", () => {
  test("reads a file where it lies, and closes it", async () => {
    const file = join(home, "logs.zip");
    writeFileSync(file, archive);
    const logs = await openRunLogs(file);
    expect(await logs.jobs[0]?.steps[0]?.text()).toBe("first\n");
    await logs.close();
  });

  test("takes bytes and streams as the root does", async () => {
    expect((await openRunLogs(archive)).jobs.length).toBe(1);
    expect((await openRunLogs(new Blob([archive.slice()]))).jobs.length).toBe(1);
    const { body } = new Response(archive.slice());
    expect((await openRunLogs(body as ReadableStream<Uint8Array>)).jobs.length).toBe(1);
  });

  test("closes a file that is no archive", async () => {
    writeFileSync(join(home, "a.zip"), "no");
    await expect(openRunLogs(join(home, "a.zip"))).rejects.toThrow(/no zip archive/);
  });
});
