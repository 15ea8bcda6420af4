import type { Client } from "./client-types.ts";
import { clientIn } from "./client.ts";
import { diagnostics, publisher } from "./diagnostics.ts";
import type { SendOptions } from "./environment.ts";
import { neverSent } from "./never-sent.ts";
import { checkValues } from "./option-values.ts";
import type { ClientOptions } from "./options.ts";
import { serverSender } from "./server-sender.ts";

/**
 * Makes a client for the API of GitHub Actions workflow runs.
 *
 * @example
 * const github = createClient({ auth: process.env.GITHUB_TOKEN });
 * const run = await github.getWorkflowRun({ owner: "cli", repo: "cli", run_id: 42 });
 * @throws {ParameterError} when an option is not usable
 * @see https://docs.github.com/en/rest/actions/workflow-runs
 */
export function createClient(options: ClientOptions = {}): Client {
  checkValues(options);
  const channels = diagnostics();
  const sender = (settings: SendOptions) => serverSender(settings, channels.request);
  return clientIn({ publish: publisher(channels), neverSent, sender }, options);
}
