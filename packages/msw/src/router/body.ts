/** A request's body. */
export interface SentBody {
  /** As it was sent. */
  text: string;
  /** What it says as JSON; undefined without one. */
  body: unknown;
  /** Whether there is text that is no JSON. */
  malformed: boolean;
}

export async function readBody(request: Request): Promise<SentBody> {
  const text = request.body === null ? "" : await request.text();
  try {
    return { text, body: text === "" ? undefined : JSON.parse(text), malformed: false };
  } catch {
    return { text, body: undefined, malformed: true };
  }
}
