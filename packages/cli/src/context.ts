/** One of the two streams a command writes to. */
export interface Output {
  /** Writes, and resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Whether a person sees it: decides about colours and progress. */
  readonly isTTY: boolean;
  /** Width of the terminal in columns; undefined or 0 where it is not known, and nothing is cut then. */
  readonly columns: number | undefined;
  /** Height of the terminal in lines; undefined or 0 where it is not known. */
  readonly rows?: number | undefined;
}

/** One of several things to choose from. */
export interface Choice<Value> {
  value: Value;
  label: string;
  /** Said beside the label of the choice that the cursor is on. */
  hint?: string | undefined;
}

/** Everything a command needs from the outside. Tests give their own; `nodeContext` is the process. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits, and rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Aborts on Ctrl-C, on SIGTERM, and when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** As `process.platform` has it. */
  readonly platform: string;
  /** Runs `git` or `gh`: its standard output, or undefined when it is not there or fails. */
  readonly run: (command: string, args: readonly string[]) => Promise<string | undefined>;
  /** Asks the person at the terminal; undefined where there is none. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Offers several choices to the person at the terminal, the first one marked; undefined where there is none. */
  readonly choose:
    | (<Value>(question: string, choices: readonly Choice<Value>[]) => Promise<Value>)
    | undefined;
  /** Shows a page in the person's browser. */
  readonly openPage: (url: string) => Promise<void>;
}
