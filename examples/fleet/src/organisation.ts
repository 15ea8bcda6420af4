/**
 * Names (`owner/name`) of an organisation's repositories that were not archived.
 * @see https://docs.github.com/en/rest/repos/repos#list-organization-repositories
 */
export async function* repositoriesOf(
  organisation: string,
  { token, apiUrl }: { token: string | undefined; apiUrl: string },
): AsyncGenerator<string> {
  for (let page = 1; ; page++) {
    const url = `${apiUrl}/orgs/${encodeURIComponent(organisation)}/repos?per_page=100&page=${page}`;
    const response = await fetch(url, {
      headers: {
        accept: "application/vnd.github+json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });
    if (!response.ok) throw new Error(`${response.status} GET ${url}`);
    const repositories = (await response.json()) as { full_name: string; archived: boolean }[];
    for (const { full_name, archived } of repositories) if (!archived) yield full_name;
    if (repositories.length < 100) return;
  }
}
