/** `id,actor.login`: names of JSON members. */
const fields = /^[a-z_]\w*(\.[a-z_]\w*)*(,[a-z_]\w*(\.[a-z_]\w*)*)*$/;
/** What stands after `--json` and is RUN, WORKFLOW or FILE rather than a name. */
const other = /^(latest|failed|[\da-f]{7,40}|.*\.(zip|txt|log|ya?ml))$/;

/**
 * Ties FIELDS to `--json`, whose value may be left out: `--json id,name` becomes `--json=id,name`, and `--json 42`
 * stays a flag before RUN.
 */
export function separateFields(args: readonly string[]): string[] {
  const result: string[] = [];
  let hasCommand = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") return [...result, ...args.slice(at)];
    if (arg !== "--json") {
      hasCommand ||= !arg.startsWith("-");
      result.push(arg);
      continue;
    }
    const next = args[at + 1] ?? "";
    const isFields = hasCommand && fields.test(next) && !other.test(next);
    result.push(`--json=${isFields ? next : ""}`);
    if (isFields) at += 1;
  }
  return result;
}
