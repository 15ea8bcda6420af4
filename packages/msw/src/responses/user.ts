import type { components } from "@workflow-runs/openapi-types";
import { seeded } from "../rules/seeded.ts";
import { nodeId } from "./node-id.ts";
import type { FakeUrls } from "./urls.ts";

/** The id a login has in every fake: it is made from the name. */
export function userId(login: string): number {
  return 1 + (seeded("user", login.toLowerCase()) % 90_000_000);
}

export function userBody(
  login: string,
  urls: FakeUrls,
  type: "User" | "Organization" = "User",
): components["schemas"]["simple-user"] {
  const id = userId(login);
  const bot = /^(.+)\[bot\]$/.exec(login);
  const url = `${urls.api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(bot === null ? type : "Bot", id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: bot === null ? `${urls.html}/${login}` : `${urls.html}/apps/${bot[1]}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: bot === null ? type : "Bot",
    user_view_type: "public",
    site_admin: false,
  };
}
