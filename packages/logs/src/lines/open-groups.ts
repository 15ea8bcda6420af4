import type { ActionMarker } from "./action-marker.ts";
import { withoutAnsi } from "./ansi.ts";

/** A program that opens groups, or marks actions, and never closes them must not make every line longer than the last. */
const deepest = 32;

/** The groups and composite actions that are open in a log. */
export class OpenGroups {
  /** Their titles, the outermost first. */
  #titles: readonly string[] = [];
  /** Groups, and actions, that are open beyond the deepest that is kept. */
  #deeper = 0;
  #actionsDeeper = 0;
  #actions: { id: string; depth: number }[] = [];

  get titles(): readonly string[] {
    return this.#titles;
  }

  /**
   * A line that opens or closes a group.
   *
   * @returns the groups that the line itself is in
   */
  regroup(level: "group" | "endgroup", title: string): readonly string[] {
    const before = this.#titles;
    if (level === "group") {
      if (before.length < deepest) this.#titles = [...before, withoutAnsi(title)];
      else this.#deeper++;
      return before;
    }
    if (this.#deeper > 0) {
      this.#deeper--;
      return before;
    }
    const floor = this.#actions.at(-1)?.depth ?? 0;
    if (before.length > floor) this.#titles = before.slice(0, -1);
    return this.#titles;
  }

  /**
   * The marker of a step inside a composite action.
   *
   * @returns the groups that the line itself is in
   */
  enter({ event, id, display }: ActionMarker): readonly string[] {
    const before = this.#titles;
    if (event === "start") {
      if (this.#actions.length >= deepest) {
        this.#actionsDeeper++;
        return before;
      }
      this.#titles = [...before, withoutAnsi(display ?? id)];
      this.#actions.push({ id, depth: this.#titles.length });
      return before;
    }
    const opened = this.#actions.findLastIndex((action) => action.id === id);
    if (opened < 0) {
      if (this.#actionsDeeper > 0) this.#actionsDeeper--;
      return before;
    }
    this.#actionsDeeper = 0;
    const [action] = this.#actions.splice(opened);
    this.#titles = before.slice(0, (action as { depth: number }).depth - 1);
    this.#deeper = 0;
    return this.#titles;
  }
}
