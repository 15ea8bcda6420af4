/** A text that is not JSON, with the line and column where it stops being it. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name: string = "JsonSyntaxError";
}

/**
 * Reads JSON. The runtimes' own messages often lack the position, or quote half of the file.
 *
 * @throws {JsonSyntaxError} with line and column
 */
export function parseJson(text: string): unknown {
  // What editors on Windows put in front is no part of the text.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json) as unknown;
  } catch {
    const at = syntaxErrorAt(json);
    const before = json.slice(0, at).split("\n");
    const column = (before.at(-1) as string).length + 1;
    const found =
      at >= json.length ? "the text ends" : `there is ${JSON.stringify(json.slice(at, at + 12))}`;
    throw new JsonSyntaxError(
      `not JSON: line ${before.length}, column ${column}: ${found} where JSON cannot go on so`,
    );
  }
}

/** Offset of the first token that cannot stand where it does; the text's length when some is missing. */
export function syntaxErrorAt(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    at = match === null ? at : pattern.lastIndex;
    return match !== null;
  };
  const string = (): boolean =>
    take(/\s*"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy);
  const list = (entry: () => boolean, end: RegExp): boolean => {
    if (take(end)) return true;
    do if (!entry()) return false;
    while (take(/\s*,/y));
    return take(end);
  };
  const value = (): boolean => {
    if (take(/\s*\{/y)) return list(() => string() && take(/\s*:/y) && value(), /\s*\}/y);
    if (take(/\s*\[/y)) return list(value, /\s*\]/y);
    return string() || take(/\s*(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y);
  };
  value();
  take(/\s*/y);
  return at;
}
