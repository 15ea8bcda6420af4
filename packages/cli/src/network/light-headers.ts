/**
 * The names and values of a request or response, as the platform's `Headers` has them. Node loads all of its `fetch`
 * for the platform's, which takes as long as Node itself does; a short command needs no more than this of it.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Headers
 */
export class LightHeaders implements Iterable<[string, string]> {
  readonly #values = new Map<string, string[]>();

  constructor(init?: HeadersInit) {
    const pairs =
      init === undefined
        ? []
        : Symbol.iterator in init
          ? (init as Iterable<[string, string]>)
          : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }

  append(name: string, value: string): void {
    const [key, text] = checked(name, value);
    this.#values.set(key, [...(this.#values.get(key) ?? []), text]);
  }

  set(name: string, value: string): void {
    const [key, text] = checked(name, value);
    this.#values.set(key, [text]);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.join(", ") ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  /** In the order of the names; each cookie by itself. */
  *entries(): MapIterator<[string, string]> {
    for (const name of [...this.#values.keys()].toSorted()) {
      const values = this.#values.get(name) ?? [];
      for (const value of name === "set-cookie" ? values : [values.join(", ")]) yield [name, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(use: (value: string, name: string, headers: LightHeaders) => void): void {
    for (const [name, value] of this.entries()) use(value, name, this);
  }
}

/**
 * A header's name in small letters, and its value without the space around it.
 *
 * @throws {TypeError} for what HTTP does not allow, without showing it: it may be a secret
 * @see https://fetch.spec.whatwg.org/#headers-class
 */
function checked(name: string, value: string): [string, string] {
  const text = value.replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (!/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name) || /[\0\n\r]|[^\0-\xFF]/.test(text))
    throw new TypeError("a header has a character that HTTP does not allow");
  return [name.toLowerCase(), text];
}

/** Puts it into the place of the platform's, for a process of ours. */
export function useLightHeaders(): void {
  globalThis.Headers = LightHeaders;
}
