import { createClient, type Client } from "@workflow-runs/core";
import { type ActionsFake, createActionsFake, type FakeRepository } from "@workflow-runs/msw/fake";

/** A fake whose time only moves while somebody sleeps, and a client of it. */
export function fakeWithTime(): {
  fake: ActionsFake;
  repository: FakeRepository;
  client: Client;
  responses: Response[];
  clock: {
    now: () => number;
    sleep: (ms: number) => Promise<void>;
  };
  /** Does something once so many milliseconds have been slept. */
  after: (ms: number, action: () => void | Promise<void>) => void;
} {
  const start = Date.parse("2026-01-01T00:00:00Z");
  let time = start;
  const actions: { at: number; action: () => void | Promise<void> }[] = [];
  const fake = createActionsFake({ clock: () => time });
  const responses: Response[] = [];
  const client = createClient({
    auth: "token",
    fetch: async (input, init) => {
      const response = await fake.fetch(input, init);
      responses.push(response);
      return response;
    },
  });
  return {
    fake,
    repository: fake.repository("octo-org/octo-repo"),
    client,
    responses,
    clock: {
      now: () => time,
      sleep: async (ms) => {
        const until = time + ms;
        for (const { at, action } of actions.filter(({ at }) => at > time && at <= until)) {
          time = at;
          await action();
        }
        time = until;
      },
    },
    after: (ms, action) => void actions.push({ at: start + ms, action }),
  };
}
