import type { Link } from "./chain.ts";
import { CursorError } from "./errors.ts";

/** Where an iteration stands. */
export type Place =
  /** Nothing was read. */
  | { readonly at: "start" }
  /** The list is read by time: everything newer than `second` is done, and of that second and before, `given`. */
  | {
      readonly at: "second";
      readonly second: number;
      readonly given: readonly Link[];
      readonly count: number;
    }
  /** The list is read by position: `count` items are done, the last of them is `ids[0]`. */
  | {
      readonly at: "position";
      readonly position: number;
      readonly ids: readonly number[];
      readonly count: number;
    }
  /** All was read. */
  | { readonly at: "end"; readonly count: number };

const version = "wr1";
const letters = { start: "s", second: "t", position: "p", end: "e" } as const;

/**
 * A place as a short string of letters, digits, dots and dashes: safe in JSON, URLs and file names. About 40
 * characters; longer only inside a second with many runs, of which it holds the ids.
 */
export function encodeCursor(list: string, place: Place): string {
  const parts = [version, list, letters[place.at]];
  if (place.at !== "start") parts.push(place.count.toString(36));
  if (place.at === "second")
    parts.push(place.second.toString(36), groups(place.second, place.given));
  if (place.at === "position") parts.push(place.position.toString(36), ids(place.ids));
  return parts.join(".");
}

/**
 * Reads a cursor back.
 *
 * @param list fingerprint of the list it is to be used with
 * @throws {CursorError} when it is of another list or version, or no cursor at all
 */
export function decodeCursor(list: string, cursor: string): Place {
  const shown = JSON.stringify(cursor.slice(0, 60));
  const [head, of, letter, ...fields] = cursor.split(".");
  if (!/^wr\d+$/.test(head ?? "")) throw new CursorError(`from: ${shown} is not a cursor.`);
  if (head !== version)
    throw new CursorError(
      `from: ${shown} was made by another version of this package (${head}, not ${version}). Start again without it.`,
    );
  if (of !== list)
    throw new CursorError(
      `from: ${shown} belongs to another operation or to other parameters. Use it with those it was made with.`,
    );
  const [count, where = "", given = ""] = fields;
  const place: Place | undefined =
    letter === "s" && fields.length === 0
      ? { at: "start" }
      : letter === "e" && fields.length === 1
        ? { at: "end", count: int(count) }
        : letter === "t" && fields.length === 3
          ? {
              at: "second",
              count: int(count),
              second: int(where),
              given: parseGroups(int(where), given),
            }
          : letter === "p" && fields.length === 3
            ? { at: "position", count: int(count), position: int(where), ids: parseIds(given) }
            : undefined;
  if (!place || JSON.stringify(place).includes("null"))
    throw new CursorError(`from: ${shown} is damaged. Start again without it.`);
  return place;
}

// Each second on its own: how far it is below the first, then its ids.
function groups(first: number, links: readonly Link[]): string {
  const bySecond = new Map<number, number[]>();
  for (const { id, second } of links) bySecond.set(second, [...(bySecond.get(second) ?? []), id]);
  return [...bySecond]
    .map(([second, group]) => `${(first - second).toString(36)}-${ids(group)}`)
    .join("_");
}

function parseGroups(first: number, text: string): Link[] {
  return text
    .split("_")
    .filter(Boolean)
    .flatMap((group) => {
      const dash = group.indexOf("-");
      const second = first - int(group.slice(0, dash));
      return parseIds(group.slice(dash + 1)).map((id) => ({ id, second }));
    });
}

// Ids of one second lie close together: the first is written out, the others as differences.
function ids(list: readonly number[]): string {
  let previous = 0;
  return [...list]
    .sort((a, b) => a - b)
    .map((id) => {
      const difference = id - previous;
      previous = id;
      return difference.toString(36);
    })
    .join("-");
}

function parseIds(text: string): number[] {
  let previous = 0;
  return text === "" ? [] : text.split("-").map((part) => (previous += int(part)));
}

function int(text = ""): number {
  return /^-?[0-9a-z]+$/.test(text) ? Number.parseInt(text, 36) : NaN;
}
