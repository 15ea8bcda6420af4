// node packages/pagination/test/mutants.ts [FILE…]: changes the readers in one place after the other, each condition and each
// number, and says which changes the random worlds and the cases do not notice. By hand: it takes a minute for each ten.
import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const readers = ["windows.ts", "by-time.ts", "second.ts", "pages.ts", "position-reading.ts"];
const files = process.argv.length > 2 ? process.argv.slice(2) : readers;
const home = join(import.meta.dirname, "..");
const folder = join(home, `.mutants-${process.pid}`);

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly was: string;
  readonly text: string;
}

/** Every comparison turned round, every `&&` an `||`, every condition negated, every number one higher. */
function mutantsOf(file: string, source: string): Mutant[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) =>
    comment.replaceAll(/[^\n]/g, " "),
  );
  const changes: [RegExp, (match: string) => string][] = [
    [/ (===|!==) /g, (match) => (match === " === " ? " !== " : " === ")],
    [
      / (<|>|<=|>=) /g,
      (match) => ({ " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > " })[match] ?? match,
    ],
    [/ (&&|\|\|) /g, (match) => (match === " && " ? " || " : " && ")],
    [/\bif \((?!!)/g, () => "if (!"],
    [/(?<![\w.#])\d+(\.\d+)?(?![\w.])/g, (match) => String(Number(match) + 1)],
  ];
  return changes.flatMap(([pattern, change]) =>
    [...code.matchAll(pattern)].map((match) => {
      const [was] = match;
      const text =
        source.slice(0, match.index) + change(was) + source.slice(match.index + was.length);
      return { file, line: source.slice(0, match.index).split("\n").length, was: was.trim(), text };
    }),
  );
}

/** Whether the worlds notice a change. */
function isKilled(): Promise<boolean> {
  const child = spawn(process.execPath, [join(folder, "test/check-worlds.ts"), "0..120"], {
    stdio: "ignore",
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 120_000);
  return new Promise((resolve) =>
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    }),
  );
}

try {
  for (const part of ["src", "test"])
    cpSync(join(home, part), join(folder, part), { recursive: true });
  if (await isKilled()) throw new Error("the worlds fail without a change");
  let killed = 0;
  let survived = 0;
  for (const file of files) {
    const path = join(folder, "src", file);
    const source = readFileSync(path, "utf8");
    for (const { line, was, text } of mutantsOf(file, source)) {
      writeFileSync(path, text);
      if (await isKilled()) killed++;
      else {
        survived++;
        process.stdout.write(
          `survives: ${file}:${line} ${was}   ${source.split("\n")[line - 1]?.trim()}\n`,
        );
      }
    }
    writeFileSync(path, source);
  }
  process.stdout.write(`${killed} killed, ${survived} survive\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
