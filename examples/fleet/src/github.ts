import { createAppAuth } from "@octokit/auth-app";
import { request } from "@octokit/request";
import { type Client, type ClientOptions, createClient } from "@workflow-runs/core";
import type { Settings } from "./settings.ts";

/** The clients of a process: one for each owner, since a GitHub App has another token in each of its installations. */
export class GitHub {
  readonly #settings: Settings;
  readonly #options: Pick<ClientOptions, "cache" | "rateLimit">;
  readonly #clients: Map<string, Promise<Client>> = new Map();

  /** @param options where processes share the rate limit of a token, and how long to wait for it */
  constructor(settings: Settings, options: Pick<ClientOptions, "cache" | "rateLimit"> = {}) {
    this.#settings = settings;
    this.#options = options;
  }

  clientOf(owner: string): Promise<Client> {
    const known = this.#clients.get(owner);
    if (known) return known;
    const client = this.#create(owner);
    this.#clients.set(owner, client);
    // What failed is tried again.
    client.catch(() => this.#clients.delete(owner));
    return client;
  }

  /** Names (`owner/name`) of an organisation's repositories, archived ones too, to the end that `Link` says. */
  async *repositoriesOf(organisation: string, signal?: AbortSignal): AsyncGenerator<string> {
    const client = await this.clientOf(organisation);
    let url: string | undefined =
      `${this.#settings.apiUrl}/orgs/${encodeURIComponent(organisation)}/repos?per_page=100`;
    while (url !== undefined) {
      const response: Response = await client.fetch(url, { signal: signal ?? null });
      if (!response.ok)
        throw new Error(
          `${response.status} GET ${url}: is ${organisation} an organisation that the token can see?`,
        );
      const repositories = (await response.json()) as { full_name: string }[];
      for (const { full_name } of repositories) yield full_name;
      url = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    }
  }

  async #create(owner: string): Promise<Client> {
    const { token, app, apiUrl } = this.#settings;
    const auth = app ? await installationAuth(app, owner, apiUrl) : token;
    return createClient({ auth, baseUrl: apiUrl, ...this.#options });
  }
}

/** The App's tokens for one owner: an hour each, renewed in time. */
async function installationAuth(
  { id, privateKey }: { id: string; privateKey: string },
  owner: string,
  apiUrl: string,
) {
  const api = request.defaults({ baseUrl: apiUrl });
  const { token } = await createAppAuth({ appId: id, privateKey, request: api })({ type: "app" });
  const response = await api("GET /users/{owner}/installation", {
    owner,
    headers: { authorization: `Bearer ${token}` },
  });
  const { id: installationId } = response.data as { id: number };
  return createAppAuth({ appId: id, privateKey, installationId, request: api });
}
