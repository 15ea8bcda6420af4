import { createClient, RateLimitError, type Client } from "@workflow-runs/core";

/** What one request gets: a run's state, a status, a network error, or a whole response. */
export type ScriptedResponse =
  | { status?: string; conclusion?: string | null; attempt?: number; etag?: string }
  | number
  | Error
  | (() => Response);

export const startTime: number = Date.parse("2026-01-01T00:00:00Z");

/** The error of a client that will not wait for a rate limit which ends `ms` after the script's start. */
export function limitedFor(ms: number): RateLimitError {
  return new RateLimitError("the limit is used up", {
    status: 403,
    data: {},
    retryAt: new Date(startTime + ms),
    limit: "primary",
  });
}

/** A client whose n-th request gets the n-th response of the script (the last one for ever), and a clock that only sleep moves. */
export function scripted(script: ScriptedResponse[]): {
  client: Client;
  requests: Request[];
  sleeps: number[];
  clock: {
    now: () => number;
    sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
    random: () => number;
  };
} {
  let time = startTime;
  const requests: Request[] = [];
  const sleeps: number[] = [];
  const client = createClient({
    auth: "token",
    // A rate limit is thrown where the client's own handling of it would throw.
    middleware: [
      async (request, next) => {
        requests.push(request);
        const current = script[Math.min(requests.length, script.length) - 1];
        if (current instanceof RateLimitError) throw current;
        return next(request);
      },
    ],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const current = script[Math.min(requests.length, script.length) - 1];
      if (current === undefined) throw new Error("nothing is scripted");
      if (current instanceof Error) throw current;
      if (typeof current === "number")
        return Response.json({ message: "scripted" }, { status: current });
      if (typeof current === "function") return current();
      const { status = "in_progress", conclusion = null, attempt = 1, etag } = current;
      if (etag !== undefined && request.headers.get("if-none-match") === etag) {
        return new Response(null, { status: 304, headers: { etag } });
      }
      return Response.json(
        {
          id: 42,
          status,
          conclusion,
          run_attempt: attempt,
          html_url: "https://github.com/octo-org/octo-repo/actions/runs/42",
          created_at: "2026-01-01T00:00:00Z",
          run_started_at: "2026-01-01T00:00:00Z",
        },
        { headers: etag === undefined ? {} : { etag } },
      );
    },
  });
  return {
    client,
    requests,
    sleeps,
    clock: {
      now: () => time,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        sleeps.push(ms);
        time += ms;
      },
      random: () => 0,
    },
  };
}

export const runParameters = { owner: "octo-org", repo: "octo-repo", run_id: 42 };
