import webhooks from "@octokit/openapi-webhooks/generated/api.github.com.json" with { type: "json" };
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const root = "https://workflow-runs.test/webhooks.json";
const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
ajv.addSchema({ $id: root, ...webhooks });
const compiled = new Map<string, ValidateFunction>();

/** Throws unless a payload is what the description of GitHub's webhooks says. */
export function checkEvent(event: string, payload: { action: string }): void {
  const name = `webhook-${event}-${payload.action}`.replaceAll("_", "-");
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `${root}#/components/schemas/${name}` });
    compiled.set(name, validate);
  }
  if (validate(payload)) return;
  const problems = (validate.errors ?? [])
    .slice(0, 5)
    .map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  throw new Error(`${name} is not what the description says: ${problems.join("; ")}`);
}
