// Run where Prism is installed: holds recorded answers against the description with Prism's validator.
const { readFileSync } = require("node:fs");
const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
const { validateOutput } = require("@stoplight/prism-http/dist/validator");

async function main([fragment, answers]) {
  const operations = await getHttpOperationsFromSpec(fragment);
  const results = JSON.parse(readFileSync(answers, "utf8")).map(({ operationId, ...element }) => {
    const resource = operations.find(({ iid }) => iid === operationId);
    if (resource === undefined) return { operationId, problems: "no such operation" };
    const outcome = validateOutput({ resource, element });
    return { operationId, problems: outcome._tag === "Left" ? outcome.left : [] };
  });
  process.stdout.write(JSON.stringify(results));
}

void main(process.argv.slice(2));
