import { CursorError } from "./errors.ts";

/** How far a reading is. `count` items were passed on. */
export type ReadState =
  | { readonly at: "start" }
  /** By time: everything newer than `second` was passed on, and of that second the runs from `id` up. */
  | {
      readonly at: "time";
      readonly count: number;
      readonly second: number;
      readonly id?: number | undefined;
      /** Runs with this id or a higher one were read from the database. */
      readonly below?: number | undefined;
    }
  /** By position: the item `id`, which was at `position - 1`, was the last. */
  | {
      readonly at: "position";
      readonly count: number;
      readonly position: number;
      readonly id: number;
      /** Whether the list was seen to be sorted by id, the highest first. */
      readonly sorted: boolean;
    }
  | { readonly at: "end"; readonly count: number };

const version = "wr2";

/** A state as a short string of letters, digits, dots and dashes: safe in JSON, URLs and file names. */
export function encodeCursor(list: string, state: ReadState): string {
  const numbers =
    state.at === "time"
      ? [state.count, state.second, state.id, state.below]
      : state.at === "position"
        ? [state.count, state.position, state.id, Number(state.sorted)]
        : state.at === "end"
          ? [state.count]
          : [];
  return [version, list, state.at[0], ...numbers.map((number) => number?.toString(36) ?? "")].join(
    ".",
  );
}

/**
 * Reads a cursor back.
 *
 * @param list fingerprint of the list it is to be used with
 * @throws {CursorError} when it is of another list or version, or no cursor at all
 */
export function decodeCursor(list: string, cursor: string): ReadState {
  const shown = JSON.stringify(cursor.slice(0, 60));
  const [head = "", of, letter, ...fields] = cursor.split(".");
  if (!/^wr\d+$/.test(head)) throw new CursorError(`from: ${shown} is not a cursor.`);
  if (head !== version)
    throw new CursorError(
      `from: ${shown} was made by another version of this package (${head}, not ${version}). Start again without it.`,
    );
  if (of !== list)
    throw new CursorError(
      `from: ${shown} belongs to another operation or to other parameters. Use it with those it was made with.`,
    );
  const whole = fields.every((field) => /^(-?[0-9a-z]+)?$/.test(field));
  const [count, a, b, c] = fields.map((field) =>
    field === "" ? undefined : Number.parseInt(field, 36),
  );
  const shape = `${letter}${fields.length}`;
  if (whole) {
    if (shape === "s0") return { at: "start" };
    if (shape === "e1" && count !== undefined) return { at: "end", count };
    if (shape === "t4" && count !== undefined && a !== undefined)
      return { at: "time", count, second: a, id: b, below: c };
    if (shape === "p4" && count !== undefined && a !== undefined && b !== undefined)
      return { at: "position", count, position: a, id: b, sorted: c === 1 };
  }
  throw new CursorError(`from: ${shown} is damaged. Start again without it.`);
}

/**
 * Ten characters that tell one list from another: the operation and its parameters, but for those that only
 * say how to page. It guards against mistakes, not against malice (two rounds of 32-bit FNV-1a).
 */
export function fingerprint(operation: string, parameters: object): string {
  const relevant = Object.entries(parameters)
    .filter(([key, value]) => value !== undefined && key !== "per_page" && key !== "page")
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort();
  const text = [operation, ...relevant].join("\n");
  return fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01000193);
}

function fnv1a(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36).padStart(5, "0").slice(-5);
}
