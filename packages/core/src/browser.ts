import { browserSender } from "./browser-sender.ts";
import { clientIn } from "./client.ts";
import type { Client } from "./client-types.ts";
import type { ClientOptions } from "./options.ts";

/**
 * `createClient` without what cannot work in a page or its workers: redirects are followed unseen there, no
 * reason is given for a connection that failed, and there are no diagnostics channels.
 */
export function createClient(options?: ClientOptions): Client {
  return clientIn({ sender: browserSender }, options);
}
