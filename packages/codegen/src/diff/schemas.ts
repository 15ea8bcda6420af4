import { isObject, isSame, type Json } from "../json.ts";
import { type Comparison, classOf, type Direction } from "./comparison.ts";
import { compareDocs } from "./docs.ts";
import { follow, type Property, type SchemaAt, type Shape, shapesOf } from "./shape.ts";

/** Compares two schemas as what a program reads (`response`) or writes (`request`). */
export function compareSchemas(
  comparison: Comparison,
  direction: Direction,
  before: SchemaAt,
  after: SchemaAt,
): void {
  const old = follow(comparison.before, before);
  const now = follow(comparison.after, after);
  if (!comparison.isFirst(direction, old, now)) return;
  compareDocs(comparison, old, now);
  const oldShapes = shapesOf(comparison.before, old);
  const newShapes = shapesOf(comparison.after, now);
  compareNull(comparison, direction, oldShapes, newShapes, after);
  const pairs = paired(
    oldShapes.filter(({ kind }) => kind !== "null"),
    newShapes.filter(({ kind }) => kind !== "null"),
  );
  if (isReplaced(pairs)) {
    const was = pairs.gone.map(describe).join(" or ");
    const is = pairs.come.map(describe).join(" or ");
    const isWider = pairs.come.some(({ kind }) => kind === "any");
    const isNarrower = pairs.gone.some(({ kind }) => kind === "any");
    const type = isWider
      ? classOf(direction, "wider")
      : isNarrower
        ? classOf(direction, "narrower")
        : "breaking";
    comparison.changed(
      type,
      after.location,
      (subject) => `${subject} was ${was} and is now ${is} ${where(direction)}.`,
    );
    return;
  }
  for (const shape of pairs.gone) {
    comparison.changed(
      classOf(direction, "narrower"),
      after.location,
      (subject) => `${subject} is no longer ${describe(shape)} ${where(direction)}.`,
    );
  }
  for (const shape of pairs.come) {
    comparison.changed(
      classOf(direction, "wider"),
      after.location,
      (subject) => `${subject} may now be ${describe(shape)} too ${where(direction)}.`,
    );
  }
  for (const [oldShape, newShape] of pairs.both) {
    compareShapes(comparison, direction, oldShape, newShape, after);
  }
}

/** The words for a direction at the end of a sentence. */
function where(direction: Direction): string {
  return direction === "response" ? "in responses" : "in requests";
}

function compareNull(
  comparison: Comparison,
  direction: Direction,
  before: readonly Shape[],
  after: readonly Shape[],
  at: SchemaAt,
): void {
  // `any` has null among its values.
  const mayBeNull = (shapes: readonly Shape[]) =>
    shapes.some(({ kind }) => kind === "null" || kind === "any");
  const [was, is] = [mayBeNull(before), mayBeNull(after)];
  if (was === is || [...before, ...after].some(({ kind }) => kind === "any")) return;
  const type = classOf(direction, is ? "wider" : "narrower");
  comparison.changed(type, at.location, (subject) =>
    is
      ? `${subject} may now be null ${where(direction)}.`
      : `${subject} is never null any more ${where(direction)}.`,
  );
}

interface Pairs {
  both: [Shape, Shape][];
  gone: Shape[];
  come: Shape[];
}

/** Pairs each alternative of before with the one of after that is most like it, within a kind. */
function paired(before: readonly Shape[], after: readonly Shape[]): Pairs {
  const candidates = before.flatMap((old) =>
    after
      .filter(({ kind }) => kind === old.kind)
      .map((now) => ({ old, now, likeness: likeness(old, now) })),
  );
  const both: [Shape, Shape][] = [];
  const taken = new Set<Shape>();
  for (const { old, now } of candidates.sort((a, b) => b.likeness - a.likeness)) {
    if (taken.has(old) || taken.has(now)) continue;
    taken.add(old).add(now);
    both.push([old, now]);
  }
  const isLeft = (shape: Shape) => !taken.has(shape);
  return { both, gone: before.filter(isLeft), come: after.filter(isLeft) };
}

function likeness(a: Shape, b: Shape): number {
  if (isSame([...a.location], [...b.location])) return 2;
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const shared = [...names].filter((name) => a.properties.has(name) && b.properties.has(name));
  return names.size === 0 ? 1 : shared.length / names.size;
}

function isReplaced({ both, gone, come }: Pairs): boolean {
  return both.length === 0 && gone.length > 0 && come.length > 0;
}

function describe({ kind, location, values }: Shape): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (kind === "object" && location[0] === "components" && location.length === 3) {
    return `${article(String(location[2]))} \`${location[2]}\``;
  }
  if (kind === "any") return "anything";
  return `${article(kind)} ${kind}`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}

function compareShapes(
  comparison: Comparison,
  direction: Direction,
  before: Shape,
  after: Shape,
  at: SchemaAt,
): void {
  compareValues(comparison, direction, before, after, at);
  compareKnown(comparison, before, after, at);
  for (const [name, property] of before.properties) {
    compareProperty(comparison, direction, property, after.properties.get(name));
  }
  for (const [name, property] of after.properties) {
    if (!before.properties.has(name)) addedProperty(comparison, direction, property);
  }
  if (before.items && after.items) {
    compareSchemas(comparison, direction, before.items, after.items);
  }
  if (before.others && after.others) {
    compareSchemas(comparison, direction, before.others, after.others);
  } else if (before.others) {
    comparison.gone(
      "breaking",
      before.others.location,
      (subject) =>
        `${subject}: properties of other names are no longer described ${where(direction)}.`,
    );
  } else if (after.others) {
    comparison.changed(
      "additive",
      after.others.location,
      (subject) => `${subject}: properties of other names are now described ${where(direction)}.`,
    );
  }
}

function compareValues(
  comparison: Comparison,
  direction: Direction,
  { values: before }: Shape,
  { values: after }: Shape,
  { location }: SchemaAt,
): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined || after === undefined) {
    const type = classOf(direction, after === undefined ? "wider" : "narrower");
    const list = (after ?? before)!.map((value) => JSON.stringify(value)).join(", ");
    comparison.changed(type, location, (subject) =>
      after === undefined
        ? `${subject} may now have any value, not only ${list}, ${where(direction)}.`
        : `${subject} is now only one of ${list} ${where(direction)}.`,
    );
    return;
  }
  const has = (values: readonly Json[], value: Json) =>
    values.some((other) => isSame(other, value));
  for (const value of before.filter((value) => !has(after, value))) {
    comparison.changed(
      classOf(direction, "narrower"),
      location,
      (subject) => `${subject} is no longer ${JSON.stringify(value)} ${where(direction)}.`,
    );
  }
  for (const value of after.filter((value) => !has(before, value))) {
    comparison.changed(
      classOf(direction, "wider"),
      location,
      (subject) => `${subject} may now be ${JSON.stringify(value)} ${where(direction)}.`,
    );
  }
}

/** The type is open either way, so these only help who types a value. */
function compareKnown(
  comparison: Comparison,
  { known: before = [] }: Shape,
  { known: after = [] }: Shape,
  { location }: SchemaAt,
): void {
  const list = (values: readonly Json[]) => values.map((value) => JSON.stringify(value)).join(", ");
  const come = after.filter((value) => !before.includes(value));
  const gone = before.filter((value) => !after.includes(value));
  if (come.length > 0)
    comparison.changed("additive", location, (subject) => `${subject} lists ${list(come)}.`);
  if (gone.length > 0)
    comparison.changed(
      "additive",
      location,
      (subject) => `${subject} no longer lists ${list(gone)}.`,
    );
}

function compareProperty(
  comparison: Comparison,
  direction: Direction,
  before: Property,
  after: Property | undefined,
): void {
  if (after === undefined) {
    comparison.gone(
      "breaking",
      before.location,
      (subject) => `${subject} is gone from ${direction}s.`,
    );
    return;
  }
  if (before.isRequired !== after.isRequired) {
    const type = classOf(direction, after.isRequired ? "narrower" : "wider");
    const says = requiredWords(direction, after.isRequired);
    comparison.changed(type, after.location, (subject) => `${subject} ${says}.`);
  }
  if (isReadOnly(after) && !isReadOnly(before)) {
    comparison.changed("breaking", after.location, (subject) => `${subject} is now read-only.`);
  } else if (isReadOnly(before) && !isReadOnly(after)) {
    comparison.changed(
      "additive",
      after.location,
      (subject) => `${subject} is no longer read-only.`,
    );
  }
  compareSchemas(comparison, direction, before, after);
}

function requiredWords(direction: Direction, isRequired: boolean): string {
  if (direction === "request")
    return isRequired ? "is now required in requests" : "is now optional in requests";
  return isRequired ? "is now always there in responses" : "may now be missing in responses";
}

function isReadOnly({ schema }: SchemaAt): boolean {
  return isObject(schema) && schema["readOnly"] === true;
}

function addedProperty(
  comparison: Comparison,
  direction: Direction,
  { location, isRequired }: Property,
): void {
  const isBreaking = direction === "request" && isRequired;
  comparison.changed(isBreaking ? "breaking" : "additive", location, (subject) =>
    isBreaking
      ? `${subject} is new and required in requests.`
      : `${subject} is new ${where(direction)}.`,
  );
}
