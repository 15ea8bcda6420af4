import type { LogPosition, MarkerDraft } from "./marker.ts";
import type { DebugEvent } from "./runner-lines.ts";

/** Names of steps that are kept: the job's, and those of the composite actions inside it. */
const deepest = 32;

/** The steps as debug logging shows them, which says of each when it is named, starts, and ends. */
export class DebugSteps {
  /** Makes the marker of a step that has been named. */
  readonly #mark: (name: string, from: LogPosition) => MarkerDraft;
  /** Names of the steps that have started and not finished. */
  readonly #started: string[] = [];
  /** The step that has been named, and whose header is still to come. */
  #named: MarkerDraft | undefined;
  /** Where the first line behind a step's last one is. */
  #afterStep: LogPosition | "next" | undefined;
  /** The condition of the step that was named has been evaluated: if it was false, nothing more is the step's. */
  #conditionEnded = false;

  constructor(mark: (name: string, from: LogPosition) => MarkerDraft) {
    this.#mark = mark;
  }

  /** A step has ended, and the next line of any kind is behind it. */
  get waits(): boolean {
    return this.#afterStep !== undefined;
  }

  get conditionEnded(): boolean {
    return this.#conditionEnded;
  }

  /** A step has been named or has started. */
  get isAtWork(): boolean {
    return this.#named !== undefined || this.#started.length > 0;
  }

  /** What is written is of a step inside a step. */
  get isNested(): boolean {
    return this.#started.length > 1;
  }

  /** Where the first line behind the last step is. */
  get behind(): LogPosition | undefined {
    return typeof this.#afterStep === "object" ? this.#afterStep : undefined;
  }

  /** The next message, of any kind. */
  read(message: string, here: LogPosition): void {
    if (this.#conditionEnded && message.startsWith("##[debug]Evaluating"))
      this.#afterStep ??= "next";
    this.#conditionEnded = false;
    if (this.#afterStep === "next") this.#afterStep = here;
    if (!message.startsWith("##[debug]") && !message.startsWith("##[error]"))
      this.#afterStep = undefined;
  }

  /** The step whose header is here, if it has been named. */
  take(): MarkerDraft | undefined {
    if (this.isNested) return undefined;
    const named = this.#named;
    this.#named = undefined;
    return named;
  }

  /** What debug logging says of a step; whether it is a step of the job that is named or has finished. */
  event(event: DebugEvent, rest: string, here: LogPosition): boolean {
    const named = this.#started.length === 0 ? this.#named : undefined;
    switch (event) {
      case "condition":
        if (this.#started.length > 0 || !rest.endsWith("'")) break;
        this.#named = this.#mark(rest.slice(0, -1), this.behind ?? here);
        this.#afterStep = undefined;
        return true;
      case "name": {
        const name = /' display name to: '(.*)'$/.exec(rest)?.[1];
        if (named && name !== undefined) Object.assign(named, { name, title: name });
        break;
      }
      case "result":
        this.#conditionEnded = named !== undefined;
        break;
      case "starting":
        // The name may have an expression, which by now has its value.
        if (named) Object.assign(named, { name: rest, title: rest });
        this.#afterStep = undefined;
        if (this.#started.length < deepest) this.#started.push(rest);
        break;
      case "finished": {
        const at = this.#started.lastIndexOf(rest);
        if (at > 0) this.#started.length = at;
        break;
      }
      case "finishing":
        // Only a step of the job finishes.
        if (this.#started[0] !== rest && (rest !== "Set up job" || this.#started.length > 0)) break;
        this.#started.length = 0;
        this.#named = undefined;
        this.#afterStep = "next";
        return true;
    }
    return false;
  }
}
