import { nearest } from "./nearest.ts";
import { below, refusal, type Place } from "./place.ts";

/** Looks at one value. */
export interface Check {
  /** What it may be, e.g. `"a whole number of 1 or more"`. */
  readonly allowed: string;
  /** @throws {InvalidInputError} when the value is not allowed */
  readonly check: (value: unknown, place: Place) => void;
  readonly required?: undefined;
}

/** A property that has to be there. */
export type RequiredCheck = Omit<Check, "required"> & { readonly required: true };

/** A check for each property of `T`, required where `T` requires it: a new property needs one. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Check : RequiredCheck;
};

/** A check by a predicate. */
export function is(allowed: string, test: (value: unknown) => boolean): Check {
  return {
    allowed,
    check(value, place) {
      if (!test(value)) throw refusal(place, value, `is not ${allowed}`);
    },
  };
}

export const text: Check = is("text", (value) => typeof value === "string" && value !== "");
export const anyText: Check = is("text", (value) => typeof value === "string");
export const flag: Check = is("true or false", (value) => typeof value === "boolean");
export const callback: Check = is("a function", (value) => typeof value === "function");

/** A whole number from `least` on. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Check {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return is(
    `a whole number ${range}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  );
}

/** A number from `least` on. */
export function amount(least: number, most: number = Infinity): Check {
  const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
  return is(
    `a number ${range}`,
    (value) => Number.isFinite(value) && Number(value) >= least && Number(value) <= most,
  );
}

/** One of the names of a union, all of which have to be listed. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, true>>): Check {
  const list = Object.keys(names);
  return {
    allowed: `one of ${list.join(", ")}`,
    check(value, place) {
      if (typeof value === "string" && Object.hasOwn(names, value)) return;
      const meant = typeof value === "string" ? nearest(value, list) : undefined;
      const hint = meant === undefined ? "" : `; did you mean ${JSON.stringify(meant)}?`;
      throw refusal(place, value, `is none of ${list.join(", ")}${hint}`);
    },
  };
}

/** Null, or what else is allowed. */
export function orNull(other: Check): Check {
  return {
    allowed: `${other.allowed} or null`,
    check(value, place) {
      if (value !== null) other.check(value, place);
    },
  };
}

/** A shorter form of a value, by its type; everything else is held against the long form. */
export function short(type: "string" | "boolean" | "function", brief: Check, long: Check): Check {
  return {
    allowed: `${brief.allowed} or ${long.allowed}`,
    check(value, place) {
      // oxlint-disable-next-line valid-typeof -- one of three names
      (typeof value === type ? brief : long).check(value, place);
    },
  };
}

export function listOf(entry: Check): Check {
  return {
    allowed: "a list",
    check(value, place) {
      if (!Array.isArray(value)) throw refusal(place, value, "is not a list");
      for (const [index, one] of value.entries()) entry.check(one, below(place, index));
    },
  };
}

/** One value, or a list of them. */
export function oneOrMore(entry: Check): Check {
  const list = listOf(entry);
  return {
    allowed: `${entry.allowed}, or a list`,
    check(value, place) {
      (Array.isArray(value) ? list : entry).check(value, place);
    },
  };
}

/** A value that may be a token or a key: no message shows it. */
export function secret(other: Check): Check {
  return {
    allowed: other.allowed,
    check: (value, place) => other.check(value, { ...place, secret: true }),
  };
}

export function required(check: Check): RequiredCheck {
  return { ...check, required: true };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these properties and no others. */
export function object<T>(fields: Fields<T>): Check {
  const names = Object.keys(fields);
  const known = properties(fields);
  return {
    allowed: known.allowed,
    check(value, place) {
      if (!isObject(value)) throw refusal(place, value, `is not ${known.allowed}`);
      for (const [name, given] of Object.entries(value)) {
        if (Object.hasOwn(fields, name) || given === undefined) continue;
        const meant = nearest(name, names);
        const hint = meant === undefined ? "; there are" : `; did you mean ${meant}? There are`;
        throw refusal(below(place, name), given, `is no property${hint} ${names.join(", ")}`);
      }
      known.check(value, place);
    },
  };
}

/** An object with these properties among others, such as a body GitHub answered. */
export function properties(fields: object): Check {
  const allowed = `an object with ${Object.keys(fields).join(", ")}`;
  return {
    allowed,
    check(value, place) {
      if (!isObject(value)) throw refusal(place, value, `is not ${allowed}`);
      for (const [name, field] of Object.entries(fields) as [string, Check | RequiredCheck][]) {
        const given = value[name];
        const at = below(place, name);
        if (given !== undefined) field.check(given, at);
        else if (field.required) throw refusal(at, undefined, `is missing: give ${field.allowed}`);
      }
    },
  };
}

/** An object whose property names are the author's own. */
export function recordOf(
  entry: Check,
  { name, keep = true }: { name?: Check; keep?: boolean } = {},
): Check {
  return {
    allowed: "an object",
    check(value, place) {
      if (!isObject(value)) throw refusal(place, value, "is not an object");
      for (const [index, [key, one]] of Object.entries(value).entries()) {
        name?.check(key, place);
        entry.check(one, keep ? below(place, key) : below(place, index));
      }
    },
  };
}
