import type { Colors } from "./colors.ts";
import { plain } from "./plain.ts";

/** A run, job or step: all have a status and, once completed, a conclusion. */
export interface State {
  status?: string | null;
  conclusion?: string | null;
}

const symbols: Readonly<Record<string, string>> = {
  success: "✓",
  failure: "✗",
  timed_out: "✗",
  startup_failure: "✗",
  cancelled: "⊘",
  skipped: "-",
  neutral: "-",
  stale: "-",
  action_required: "!",
  waiting: "!",
  in_progress: "●",
};

/** The conclusion of what is completed, else the status: GitHub's own word. */
export function stateWord({ status, conclusion }: State): string {
  return plain(conclusion ?? status ?? "unknown");
}

/** One character for it. */
export function stateSymbol(state: State): string {
  return symbols[stateWord(state)] ?? "○";
}

/** The symbol and the word: the symbol alone says nothing to who does not see its colour, or does not know it. */
export function stateText(state: State): string {
  return `${stateSymbol(state)} ${stateWord(state)}`;
}

/** Colours a text by the state: green, red, yellow for what is on its way or needs somebody, else dim. */
export function stateColor(state: State, colors: Colors): (text: string) => string {
  switch (stateSymbol(state)) {
    case "✓":
      return colors.green;
    case "✗":
      return colors.red;
    case "!":
    case "●":
    case "○":
      return colors.yellow;
    default:
      return colors.dim;
  }
}

/** Whether a completed run counts as a success for the exit code. */
export function isSuccess({ conclusion }: State): boolean {
  return conclusion === "success" || conclusion === "neutral" || conclusion === "skipped";
}
