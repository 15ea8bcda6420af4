import type { Command, Option } from "commander";

/** Something that may come next. */
export interface Candidate {
  value: string;
  about: string;
}

/** What a shell asks to complete. */
export interface CompletionRequest {
  /** The word that was begun. */
  word: string;
  /** What is known without GitHub. */
  candidates: Candidate[];
  /** What GitHub has the names of. */
  names: "workflows" | "runs" | undefined;
  /** Whether it may be a file. */
  files: boolean;
  repo: string | undefined;
  apiUrl: string | undefined;
}

/** What RUN may be, beside ids. */
const runWords: readonly Candidate[] = [
  { value: "HEAD", about: "the newest run of HEAD" },
  { value: "latest", about: "the newest run" },
  { value: "failed", about: "the newest run that failed" },
];
const workflowOptions = new Set(["--workflow"]);
const fileOptions = new Set(["--output", "--html", "--seed"]);

/** What may come after these words; the last one is the word that was begun, empty when none was. */
export function candidatesFor(program: Command, words: readonly string[]): CompletionRequest {
  const word = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { command, option, values } = read(program, before);
  const request: CompletionRequest = {
    word,
    candidates: [],
    names: undefined,
    files: false,
    repo: values.get("--repo"),
    apiUrl: values.get("--api-url"),
  };
  if (option !== undefined && (option.required || (option.optional && !word.startsWith("-")))) {
    if (option.required) return ofOption(request, option);
  }
  if (word.startsWith("-")) {
    const options = [...program.options, ...(command === program ? [] : command.options)];
    request.candidates.push(
      ...options.map(({ long, short, description }) => ({
        value: long ?? short ?? "",
        about: description,
      })),
      { value: "--help", about: "the command's help" },
    );
    return request;
  }
  if (command === program) {
    request.candidates.push(
      ...program.commands
        .filter((each) => !isHidden(program, each))
        .map((each) => ({ value: each.name(), about: each.summary() })),
    );
    return request;
  }
  const [argument] = command.registeredArguments;
  if (argument?.argChoices) {
    request.candidates.push(...argument.argChoices.map((value) => ({ value, about: "" })));
  } else if (argument?.name() === "run") {
    request.candidates.push(...runWords);
    request.names = "runs";
    request.files = command.name() === "logs" || command.name() === "explain";
  } else if (argument?.name() === "workflow") request.names = "workflows";
  return request;
}

function ofOption(request: CompletionRequest, option: Option): CompletionRequest {
  request.candidates.push(...(option.argChoices ?? []).map((value) => ({ value, about: "" })));
  if (workflowOptions.has(option.long ?? "")) request.names = "workflows";
  request.files = fileOptions.has(option.long ?? "");
  return request;
}

/** Which command the words name, and the option that the next word is the value of. */
function read(
  program: Command,
  words: readonly string[],
): { command: Command; option: Option | undefined; values: Map<string, string> } {
  let command = program;
  let option: Option | undefined;
  const values = new Map<string, string>();
  for (const word of words) {
    if (option?.required) {
      values.set(option.long ?? "", word);
      option = undefined;
    } else if (word.startsWith("-")) {
      option = [...program.options, ...command.options].find(
        ({ long, short }) => long === word || short === word,
      );
    } else {
      option = undefined;
      const named = program.commands.find(
        (each) => each.name() === word || each.aliases().includes(word),
      );
      if (command === program && named !== undefined) command = named;
    }
  }
  return { command, option, values };
}

function isHidden(program: Command, command: Command): boolean {
  return !program.createHelp().visibleCommands(program).includes(command);
}
