/**
 * A response whose body has been read to its end, and which can be read again any number of times: by a
 * middleware, by a decision that needs the message, and by the caller. (A plain `new Response(text)` would
 * run a page through a web stream once more, which costs as much as parsing it.)
 */
export class ReadResponse extends Response {
  readonly #text: string;
  readonly #url: string;

  constructor(
    text: string,
    from: { status: number; statusText: string; headers: Headers; url?: string },
  ) {
    super(null, from);
    this.#text = text;
    this.#url = from.url ?? "";
  }

  override get url(): string {
    return this.#url;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#text === "" ? null : new Response(this.#text).body;
  }

  override text(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  override async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.#text).arrayBuffer();
  }

  override blob(): Promise<Blob> {
    return new Response(this.#text).blob();
  }

  override clone(): Response {
    return new ReadResponse(this.#text, this);
  }
}
