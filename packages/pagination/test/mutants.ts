// node packages/pagination/test/mutants.ts [FILE…]: changes the readers in one place after the other, each condition and each
// number, and says which changes no test notices. By hand; WORLDS=1 reads worlds, too.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as PlainTests from "./plain-tests.ts";
import type * as Worlds from "./worlds.ts";

const readers = [
  "windows.ts",
  "by-time.ts",
  "by-position.ts",
  "position-reading.ts",
  "pages.ts",
  "known-items.ts",
  "server-count.ts",
  "join-index.ts",
  "sync-state.ts",
];
const home = join(import.meta.dirname, "..");
const withWorlds = process.env["WORLDS"] !== undefined;
/** Tests that notice a change soon. */
const tests = ["readers", "sent", "cases", "join-index", "sync-state"];

/** Changes that nobody can see, and why. */
const equivalents: readonly { text: string; was: string; because: string }[] = [
  {
    text: "if (queue[0] || rest === undefined) continue;",
    was: "0",
    because: "what is left of a window is requested, so that two follow it: that, and the open one",
  },
  {
    text: "limit, opening = 0 }",
    was: "0",
    because: "a page that was requested ends at 1 or behind it",
  },
  {
    text: "id <= last.id",
    was: "<=",
    because: "the last item itself is known: it joins a page, and is not found again, either way",
  },
  {
    text: "readonly version: 1;",
    was: "1",
    because: "a type is nothing when it runs",
  },
  {
    text: "id > (this.#start?.id ?? Infinity)",
    was: ">",
    because: "the item of the cursor is known: it joins a page, and is not found again, either way",
  },
];

interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly was: string;
  readonly text: string;
}

/** Every comparison turned round, every `&&` an `||`, every condition negated, every number one higher. */
function mutantsOf(file: string): Mutant[] {
  const path = join(home, "src", file);
  const source = readFileSync(path, "utf8");
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|^import [\s\S]*?;$/gm, (comment) =>
    comment.replaceAll(/[^\n]/g, " "),
  );
  const changes: [RegExp, (match: string) => string][] = [
    [/ (===|!==) /g, (match) => (match === " === " ? " !== " : " === ")],
    [
      / (<|>|<=|>=) /g,
      (match) => ({ " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > " })[match] ?? match,
    ],
    [/ (&&|\|\|)(?=\s)/g, (match) => (match === " &&" ? " ||" : " &&")],
    [/ (&&|\|\|)= /g, () => " = "],
    [/(?<![\w.#])\d+(\.\d+)?(?![\w.])/g, (match) => String(Number(match) + 1)],
  ];
  const mutantAt = (index: number, was: string, becomes: string): Mutant => ({
    path,
    line: source.slice(0, index).split("\n").length,
    was: was.trim(),
    text: source.slice(0, index) + becomes + source.slice(index + was.length),
  });
  const negated = [...code.matchAll(/\bif \(/g)].map(({ index }) => {
    const start = index + "if (".length;
    let end = start;
    for (let open = 1; open > 0; end++) open += { "(": 1, ")": -1 }[code[end] ?? ""] ?? 0;
    const condition = source.slice(start, end - 1);
    return mutantAt(start, condition, `!(${condition})`);
  });
  const changed = changes.flatMap(([pattern, change]) =>
    [...code.matchAll(pattern)].map((match) => mutantAt(match.index, match[0], change(match[0]))),
  );
  return [...negated, ...changed];
}

/** In a process of its own, since a mutant may never end: each mutant is loaded anew, beside those before it. */
async function runMutants(): Promise<void> {
  let current: { readonly id: number; readonly mutant: Mutant | undefined };
  const inside = pathToFileURL(home).href;
  const plainTests = pathToFileURL(join(import.meta.dirname, "plain-tests.ts")).href;
  registerHooks({
    resolve(specifier, context, next) {
      const isRunner = specifier === "vitest" && !context.parentURL?.startsWith(plainTests);
      const resolved = next(isRunner ? plainTests : specifier, context);
      const isOurs = resolved.url.startsWith(inside) && !resolved.url.includes("node_modules");
      return isOurs
        ? { ...resolved, url: `${resolved.url.split("?")[0]}?${current.id}` }
        : resolved;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const { mutant } = current;
      const isMutated = mutant && url.startsWith(pathToFileURL(mutant.path).href);
      return isMutated ? { ...loaded, source: mutant.text, format: "module-typescript" } : loaded;
    },
  });
  process.on("message", (message: typeof current) => {
    current = message;
    void check(message.id).then((fault) => process.send?.({ id: message.id, fault }));
  });

  async function check(id: number): Promise<string | undefined> {
    try {
      for (const file of tests) await import(`../src/${file}.test.ts?${id}`);
      const { failingTests } = (await import(`./plain-tests.ts?${id}`)) as typeof PlainTests;
      for await (const name of failingTests()) return name;
      if (!withWorlds) return undefined;
      const worlds = (await import(`./worlds.ts?${id}`)) as typeof Worlds;
      const { fewestOf, isCounted, readAll, ways, worldOf } = worlds;
      const sum = { requests: 0, fewest: 0 };
      for (let seed = 0; seed < 80; seed++) {
        const faults = await ways.whole(seed);
        if (faults.length > 0) return faults[0];
        const world = worldOf(seed);
        if (!world.plain || !world.whole) continue;
        const fewest = fewestOf(world, world.model.runs);
        const outcome = await readAll(world);
        if (!isCounted(world, outcome)) continue;
        sum.requests += outcome.requests;
        sum.fewest += fewest;
      }
      if (sum.requests > 1.4 * sum.fewest) return `${sum.requests} requests for ${sum.fewest}`;
      for (const way of ["taken", "crashed", "aborted"] as const)
        for (let seed = 0; seed < 20; seed++) {
          const [fault] = await ways[way](seed);
          if (fault !== undefined) return fault;
        }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : "thrown";
    }
  }
}

async function main(files: readonly string[]): Promise<void> {
  let child: ChildProcess | undefined;
  const faultOf = async (id: number, mutant: Mutant | undefined): Promise<string | undefined> => {
    child ??= fork(import.meta.filename, ["--child"], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.send({ id, mutant });
    const done = new AbortController();
    const { signal } = done;
    const answered = once(child, "message", { signal }).then(
      ([{ fault }]) => fault as string | undefined,
    );
    const died = once(child, "exit", { signal }).then(() => "never ends");
    for (const promise of [answered, died]) promise.catch(() => undefined);
    const stuck = setTimeout(() => child?.kill("SIGKILL"), withWorlds ? 300_000 : 60_000);
    const fault = await Promise.race([answered, died]);
    clearTimeout(stuck);
    done.abort();
    if (fault === "never ends") child = undefined;
    return fault;
  };
  const unchanged = await faultOf(0, undefined);
  if (unchanged !== undefined) throw new Error(`without a change: ${unchanged}`);
  let [id, killed, equal, survived] = [0, 0, 0, 0];
  for (const mutant of files.flatMap(mutantsOf)) {
    const { path, line, was } = mutant;
    const text = readFileSync(path, "utf8").split("\n")[line - 1]?.trim() ?? "";
    const fault = await faultOf(++id, mutant);
    if (process.env["VERBOSE"]) process.stdout.write(`${line} ${was}: ${fault}\n`);
    if (fault !== undefined) killed++;
    else if (equivalents.some((same) => same.was === was && text.includes(same.text))) equal++;
    else {
      survived++;
      process.stdout.write(`survives: ${path.slice(home.length + 5)}:${line} ${was}   ${text}\n`);
    }
  }
  process.stdout.write(
    `${killed} killed, ${equal} change nothing, ${survived} survive unexplained\n`,
  );
  process.exitCode = survived > 0 ? 1 : 0;
  child?.kill();
}

if (process.argv[2] === "--child") await runMutants();
else await main(process.argv.length > 2 ? process.argv.slice(2) : readers);
