import { parseArgs, type ParseArgsConfig } from "node:util";
import { apiVersions } from "../api-version.ts";
import { withSoundReferences } from "../closure.ts";
import { diff } from "../diff/diff.ts";
import { formatReport, type ReportFormat, reportFormats } from "../diff/format.ts";
import { InputError, inFile, ReviewError } from "../errors.ts";
import { fragmentFile, typesFile } from "../generated.ts";
import { readDescription, sourceName, type DescriptionOptions } from "../read-document.ts";
import { fragmentAt } from "../regenerate/fragments.ts";
import { regenerate } from "../regenerate/regenerate.ts";
import { outFile } from "./out-file.ts";
import { usage } from "./usage.ts";

/** Where the command's output goes. */
export interface Output extends Omit<DescriptionOptions, "onMessage"> {
  /** Results. */
  stdout: (text: string) => void;
  /** Progress and errors. */
  stderr: (text: string) => void;
}

type Command = (args: readonly string[], output: Output) => Promise<void>;

/** Runs the command line; gives the exit code: 0 done, 1 a person must decide, 2 some input is wrong. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const [command = "", ...rest] = args;
  try {
    if (["", "help", "--help", "-h"].includes(command)) {
      output.stdout(usage[""]!);
      return command === "" ? 2 : 0;
    }
    const run = Object.hasOwn(commands, command)
      ? commands[command as keyof typeof commands]
      : undefined;
    if (run === undefined) {
      throw new InputError(
        `there is no command ${command}; there are ${Object.keys(commands).join(", ")} (see --help)`,
      );
    }
    if (rest.includes("--help") || rest.includes("-h")) output.stdout(usage[command]!);
    else await run(rest, output);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError || error instanceof ReviewError)) throw error;
    output.stderr(`workflow-runs-codegen: ${error.message.replaceAll("\n", " ")}\n`);
    return error instanceof InputError ? 2 : 1;
  }
}

const commands = {
  slice: sliceCommand,
  types: typesCommand,
  diff: diffCommand,
  regenerate: regenerateCommand,
} satisfies { [name: string]: Command };

async function sliceCommand(args: readonly string[], output: Output): Promise<void> {
  const { values } = parse(args, {
    options: {
      spec: { type: "string" },
      subcategory: { type: "string", multiple: true },
      operation: { type: "string", multiple: true },
      "api-version": { type: "string" },
      out: { type: "string" },
    },
  });
  const spec = needed(values.spec, "--spec", "slice");
  const selection = { subcategories: values.subcategory ?? [], operations: values.operation ?? [] };
  if (selection.subcategories.length + selection.operations.length === 0) {
    throw new InputError("slice needs a --subcategory or an --operation (see slice --help)");
  }
  const out = await outFile(values.out, output.stdout);
  const description = await readDescription(spec, reading(output));
  const fragment = inFile(sourceName(spec), () =>
    fragmentAt(description, selection, values["api-version"] ?? apiVersions(description).at(-1)!),
  );
  await out.write(fragmentFile(fragment));
}

async function typesCommand(args: readonly string[], output: Output): Promise<void> {
  const { values } = parse(args, {
    options: { fragment: { type: "string" }, out: { type: "string" } },
  });
  const file = needed(values.fragment, "--fragment", "types");
  const out = await outFile(values.out, output.stdout);
  const description = await readDescription(file, reading(output));
  const fragment = inFile(sourceName(file), () => withSoundReferences(description));
  await out.write(await typesFile(fragment, sourceName(file)));
}

async function diffCommand(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parse(args, {
    options: { format: { type: "string" }, docs: { type: "boolean" } },
    allowPositionals: true,
  });
  const [before, after, ...others] = positionals;
  if (before === undefined || after === undefined || others.length > 0) {
    throw new InputError("diff needs two files, the older and the newer (see diff --help)");
  }
  const format = formatOf(values.format);
  const read = async (file: string) => {
    const description = await readDescription(file, reading(output));
    return inFile(sourceName(file), () => withSoundReferences(description));
  };
  const { bump, changes } = diff(await read(before), await read(after));
  output.stdout(formatReport({ bump, changes }, format, { docs: values.docs ?? false }));
}

async function regenerateCommand(args: readonly string[], output: Output): Promise<void> {
  const { values } = parse(args, {
    options: {
      config: { type: "string" },
      check: { type: "boolean" },
      changeset: { type: "boolean" },
      update: { type: "boolean" },
      "accept-removal": { type: "string", multiple: true },
      "accept-examples": { type: "boolean" },
      docs: { type: "boolean" },
      format: { type: "string" },
      cache: { type: "string" },
    },
  });
  const { check, changeset, update, config, cache } = values;
  const acceptExamples = values["accept-examples"] ?? false;
  if (check && (changeset || update || acceptExamples || values["accept-removal"])) {
    throw new InputError("--check writes nothing: it goes with --config and --cache only");
  }
  const format = formatOf(values.format);
  const { report, written, notes } = await regenerate({
    ...reading(output),
    ...(config !== undefined && { config }),
    ...(cache !== undefined && { cache }),
    check: check ?? false,
    changeset: changeset ?? false,
    update: update ?? false,
    acceptRemoval: values["accept-removal"] ?? [],
    acceptExamples,
  });
  for (const note of notes) output.stderr(`note: ${note}\n`);
  for (const file of written) output.stderr(`wrote ${file}\n`);
  if (check) output.stdout("Everything is what the descriptions give.\n");
  else output.stdout(formatReport(report, format, { docs: values.docs ?? false }));
}

/** The output's own ways to read, with progress on standard error. */
function reading(output: Output): DescriptionOptions {
  const { stdout: _, stderr, ...reading } = output;
  return { ...reading, onMessage: (message) => stderr(`${message}\n`) };
}

/** Node's own parser, its errors as ours. */
function parse<Config extends ParseArgsConfig>(
  args: readonly string[],
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs<Config>({ ...config, args: [...args] });
  } catch (error) {
    throw new InputError((error as Error).message.replace(/\n.*/s, ""), { cause: error });
  }
}

function needed(value: string | undefined, option: string, command: string): string {
  if (value === undefined || value === "") {
    throw new InputError(`${command} needs ${option} (see ${command} --help)`);
  }
  return value;
}

function formatOf(value = "text"): ReportFormat {
  const format = reportFormats.find((known) => known === value);
  if (format === undefined) {
    throw new InputError(`--format ${value}: there are ${reportFormats.join(", ")}`);
  }
  return format;
}
