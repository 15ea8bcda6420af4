import type { Description } from "../description.ts";
import { pointer } from "../json.ts";
import { bumpOf, type Change, type ChangeClass } from "./change.ts";
import { locationName } from "./location-name.ts";
import type { Location, SchemaAt } from "./shape.ts";

/** Whether the program that uses the types writes the value (`request`) or reads it (`response`). */
export type Direction = "request" | "response";

/** The two fragments being compared and the changes found so far. */
export class Comparison {
  readonly before: Description;
  readonly after: Description;
  readonly #changes = new Map<string, Change>();
  readonly #seen = new Set<string>();

  constructor(before: Description, after: Description) {
    this.before = before;
    this.after = after;
  }

  /** Notes a change at a location of the newer fragment; `message` gets the name of the location. */
  changed(type: ChangeClass, location: Location, message: (subject: string) => string): void {
    this.#note(type, location, message(locationName(this.after, location)));
  }

  /** Notes that a location of the older fragment is gone. */
  gone(type: ChangeClass, location: Location, message: (subject: string) => string): void {
    this.#note(type, location, message(locationName(this.before, location)));
  }

  /** Whether this pair of locations is compared for the first time; each shared component is compared once per direction. */
  isFirst(direction: Direction | "docs", before: SchemaAt, after: SchemaAt): boolean {
    const key = `${direction} ${pointer(before.location)} ${pointer(after.location)}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  get changes(): Change[] {
    return [...this.#changes.values()];
  }

  #note(type: ChangeClass, location: Location, message: string): void {
    const sentence = message.charAt(0).toUpperCase() + message.slice(1);
    const change = {
      class: type,
      bump: bumpOf[type],
      pointer: pointer(location),
      message: sentence,
    };
    this.#changes.set(`${change.pointer} ${sentence}`, change);
  }
}

/** What may now come that did not (`wider`) breaks who reads it; what may no longer be (`narrower`), who writes it. */
export function classOf(direction: Direction, change: "wider" | "narrower"): ChangeClass {
  return (direction === "response") === (change === "wider") ? "breaking" : "additive";
}
