import type { Client } from "./client-types.ts";
import { clientIn } from "./client.ts";
import { diagnostics } from "./diagnostics.ts";
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
  const publish = diagnostics();
  const sender = (settings: Parameters<typeof serverSender>[0]) => serverSender(settings, publish);
  return clientIn({ publish, neverSent, sender }, options);
}
