/** An answer on its way outwards: its body has been read, so that every ring may look at it. */
export interface Answer {
  /** The body; empty when it is handed over as a stream (a download). */
  readonly text: string;
  /** Status and headers. Its body has been read, but for a download. */
  readonly response: Response;
}

/** The answer as a response whose body can be read. */
export function toResponse({ text, response }: Answer): Response {
  return response.bodyUsed || text ? new Response(text || null, response) : response;
}

/** A response as an answer. */
export async function fromResponse(response: Response, stream?: boolean): Promise<Answer> {
  return { text: stream && response.ok ? "" : await response.text(), response };
}
