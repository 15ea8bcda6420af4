import { dirname, resolve } from "node:path";
import { firstApiVersion } from "../api-version.ts";
import { didYouMean } from "../closest.ts";
import { InputError } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { PinnedPackage } from "../registry/package-files.ts";
import type { Selection } from "../slice.ts";

/** What `regenerate` works from: the file `openapi/sources.json`, its paths made absolute. */
export interface Sources {
  /** The configuration file itself. */
  file: string;
  /** The npm package that holds the descriptions; none when every target names a file or URL. */
  source?: PinnedPackage;
  /** The operations of every fragment. */
  select: Selection;
  /** The OpenAPI Overlay with our corrections. */
  overlay?: string;
  /** The API version whose fragment carries the target's bare name. Default: GitHub's first. */
  defaultApiVersion: string;
  /** Where each target's description is: a path in the package, or a file or URL of its own. The first is the main one. */
  targets: readonly Target[];
  /** Names for component schemas, exported next to the types: `{ "WorkflowRun": "workflow-run" }`. */
  names: { readonly [name: string]: string };
  /** Examples of the description that are known not to fit their schema, each with what is wrong. */
  badExamples: { readonly [pointer: string]: string };
  output: Outputs;
  /** The packages a changeset speaks of, each with the fragments it shows to its users; `*` is every fragment. */
  releases: { readonly [packageName: string]: readonly string[] };
}

/** A description to make a fragment from. */
export interface Target {
  name: string;
  /** A path in the package of `source`, an absolute file name, or a URL. */
  spec: string;
  isInPackage: boolean;
}

/** The folders `regenerate` writes to. */
export interface Outputs {
  /** The fragments, indented for review. */
  fragments: string;
  /** The types (`<fragment>.gen.ts`) and the operations table (`operations.gen.ts`). */
  types: string;
  /** The fragment of the main target without white space, for a package to ship. Default: not written. */
  minified?: string;
  /** The package.json whose `exports` list the types of each fragment. Default: left alone. */
  packageJson?: string;
  /** Where changesets are kept. Default: `.changeset` next to the configuration's folder. */
  changesets: string;
}

/** The configuration that a parsed `sources.json` holds. @throws {InputError} naming the field that is wrong. */
export function readSources(document: Json, file: string): Sources {
  if (!isObject(document)) throw new InputError(`${file}: not an object`);
  const fields = new Fields(document, file).only(
    "source",
    "select",
    "overlay",
    "defaultApiVersion",
    "targets",
    "names",
    "badExamples",
    "output",
    "releases",
  );
  const at = (path: string) => (/^https?:\/\//.test(path) ? path : resolve(dirname(file), path));
  const select = fields.object("select").only("category", "subcategories", "operations");
  const output = fields
    .object("output")
    .only("fragments", "types", "minified", "packageJson", "changesets");
  const source =
    document["source"] === undefined
      ? undefined
      : fields.object("source").only("package", "version", "integrity");
  const minified = output.optionalText("minified");
  const packageJson = output.optionalText("packageJson");
  const overlay = fields.optionalText("overlay");
  const category = select.optionalText("category");
  return {
    file,
    ...(source && {
      source: {
        package: source.text("package"),
        version: source.text("version"),
        integrity: source.text("integrity"),
      },
    }),
    select: {
      ...(category !== undefined && { category }),
      subcategories: select.texts("subcategories"),
      operations: select.texts("operations"),
    },
    ...(overlay !== undefined && { overlay: at(overlay) }),
    defaultApiVersion: fields.optionalText("defaultApiVersion") ?? firstApiVersion,
    targets: Object.entries(fields.map("targets")).map(([name, spec]) => {
      const isInPackage = source !== undefined && !/^(\.{0,2}\/|https?:)/.test(spec);
      return { name, spec: isInPackage ? spec : at(spec), isInPackage };
    }),
    names: fields.optionalMap("names"),
    badExamples: fields.optionalMap("badExamples"),
    output: {
      fragments: at(output.text("fragments")),
      types: at(output.text("types")),
      ...(minified !== undefined && { minified: at(minified) }),
      ...(packageJson !== undefined && { packageJson: at(packageJson) }),
      changesets: at(output.optionalText("changesets") ?? "../.changeset"),
    },
    releases: releases(document["releases"], file),
  };
}

function releases(value: Json | undefined, file: string): { [name: string]: string[] } {
  if (value === undefined) return {};
  const packages = new Fields({ releases: value }, file).object("releases");
  return Object.fromEntries(packages.keys().map((name) => [name, packages.texts(name)]));
}

/** Reads the fields of one object of the file, and names the one that is wrong. */
class Fields {
  readonly #value: JsonObject;
  readonly #place: string;

  constructor(value: JsonObject, place: string) {
    this.#value = value;
    this.#place = place;
  }

  /** Refuses a field that is not one of these: a misspelt one would do nothing. */
  only(...names: string[]): this {
    const other = this.keys().find((key) => key !== "$schema" && !names.includes(key));
    if (other === undefined) return this;
    const hint = didYouMean([other], names);
    throw new InputError(
      `${this.#place}: there is no field \`${other}\`${hint}; there are ${names.join(", ")}`,
    );
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new InputError(`${this.#place}: \`${name}\` is missing`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#value[name];
    if (value !== undefined && (typeof value !== "string" || value === "")) {
      throw new InputError(`${this.#place}: \`${name}\` is not a text`);
    }
    return value;
  }

  texts(name: string): string[] {
    const value = this.#value[name] ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
      throw new InputError(`${this.#place}: \`${name}\` is not a list of texts`);
    }
    return value;
  }

  object(name: string): Fields {
    const value = this.#value[name];
    if (!isObject(value)) throw new InputError(`${this.#place}: \`${name}\` is not an object`);
    return new Fields(value, `${this.#place}: ${name}`);
  }

  map(name: string): { [key: string]: string } {
    const fields = this.object(name);
    if (fields.keys().length === 0) throw new InputError(`${this.#place}: \`${name}\` is empty`);
    return Object.fromEntries(fields.keys().map((key) => [key, fields.text(key)]));
  }

  optionalMap(name: string): { [key: string]: string } {
    return this.#value[name] === undefined ? {} : this.#mapOrEmpty(name);
  }

  #mapOrEmpty(name: string): { [key: string]: string } {
    const fields = this.object(name);
    return Object.fromEntries(fields.keys().map((key) => [key, fields.text(key)]));
  }
}
