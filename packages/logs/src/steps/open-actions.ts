import { readActionMarker } from "../lines/action-marker.ts";

/** GitHub lets composite actions nest ten deep. */
const deepest = 32;

/** A step inside a composite action, from its `##[start-action]` on. */
export interface OpenAction {
  readonly id: string;
  readonly parent: OpenAction | undefined;
  closed: boolean;
}

/** The steps inside composite actions that have started and not ended. They are part of the job's step. */
export class OpenActions {
  #innermost: OpenAction | undefined;
  #depth = 0;
  #tooDeep = 0;

  get innermost(): OpenAction | undefined {
    return this.#innermost;
  }

  /** The next message. */
  read(message: string): void {
    const marker = readActionMarker(message);
    // Without a dot in its id it is a step of the job.
    if (!marker?.id.includes(".")) return;
    if (marker.event === "end") this.#end(marker.id);
    else if (this.#depth >= deepest) this.#tooDeep++;
    else {
      this.#innermost = { id: marker.id, parent: this.#innermost, closed: false };
      this.#depth++;
    }
  }

  #end(id: string): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    let ended = this.#innermost;
    let depth = this.#depth;
    while (ended && ended.id !== id) {
      ended = ended.parent;
      depth--;
    }
    if (!ended) return;
    for (let each = this.#innermost; each !== ended.parent; each = each?.parent)
      (each as OpenAction).closed = true;
    this.#innermost = ended.parent;
    this.#depth = depth - 1;
  }
}

/** Whether it, or one around it, has ended: one that never ends would make all the rest of the log its own. */
export function hasEnded(action: OpenAction | undefined): boolean {
  for (let each = action; each; each = each.parent) if (each.closed) return true;
  return false;
}
