// Preloaded before a README's snippet: GitHub is the fake then, with a repository that has all a snippet may look for.
import { createActionsFake } from "@workflow-runs/msw/fake";

const fake = createActionsFake();
for (const name of ["cli/cli", "octo-org/octo-repo", "octocat/hello-world"]) {
  const repository = fake.repository(name);
  for (let index = 0; index < 3; index += 1)
    repository.createRun({
      name: "CI",
      status: "completed",
      jobs: [
        {
          name: "build",
          steps: [
            {
              name: "Run npm test",
              conclusion: "failure",
              log: [
                "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
              ],
            },
          ],
        },
      ],
    });
}
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : String(input));
  return hostname === "127.0.0.1" || hostname === "localhost"
    ? fetch(input, init)
    : fake.fetch(input, init);
};
process.env.GITHUB_TOKEN ??= "token";
