import type { WorkflowInput, WorkflowRecord } from "../state/records.ts";
import type { Refusal } from "./rerun.ts";

/** GitHub takes no more inputs than that. */
const maximumInputs = 25;

/**
 * The inputs that a workflow started by hand runs with, defaults among them, or why GitHub refuses.
 *
 * The messages for a missing trigger and a missing input are recorded, those about unknown inputs and
 * values that are not allowed were seen by many (cli/cli#5246); that of a wrong number is made up.
 */
export function dispatchInputs(
  workflow: Pick<WorkflowRecord, "definition" | "state">,
  sent: Readonly<Record<string, unknown>>,
): { inputs: Record<string, string> } | Refusal {
  const refuse = (message: string): Refusal => ({ status: 422, message });
  const trigger = workflow.definition?.on.workflow_dispatch;
  if (trigger === undefined) return refuse("Workflow does not have 'workflow_dispatch' trigger");
  if (workflow.state !== "active")
    return refuse("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const unexpected = Object.keys(sent).filter((name) => !Object.hasOwn(trigger.inputs, name));
  if (unexpected.length > 0)
    return refuse(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  if (Object.keys(sent).length > maximumInputs)
    return refuse(
      `you may only define up to ${maximumInputs} inputs for a 'workflow_dispatch' event`,
    );
  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries(trigger.inputs)) {
    const value = sent[name] ?? input.default ?? "";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text === "" && input.required === true)
      return refuse(`Required input '${name}' not provided`);
    const wrong = text === "" ? undefined : wrongInput(name, text, input);
    if (wrong !== undefined) return refuse(wrong);
    inputs[name] = text;
  }
  return { inputs };
}

function wrongInput(name: string, value: string, input: WorkflowInput): string | undefined {
  const { type = "string", options = [] } = input;
  const allowed = type === "boolean" ? ["true", "false"] : options;
  if ((type === "choice" || type === "boolean") && !allowed.includes(value))
    return `Provided value '${value}' for input '${name}' not in the list of allowed values`;
  if (type === "number" && !Number.isFinite(Number(value)))
    return `Provided value '${value}' for input '${name}' is not a number`;
  return undefined;
}
