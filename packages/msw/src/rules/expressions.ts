/** What an expression in a workflow may name. */
export interface Context {
  inputs: Readonly<Record<string, string>>;
  github: { actor: string; event_name: string; ref: string; ref_name: string; sha: string };
}

/**
 * Puts in what `${{ inputs.target }}`, `${{ github.event.inputs.target }}` and `${{ github.actor }}`
 * stand for; an input that is missing is empty, and any other expression stays as it is.
 */
export function evaluated(text: string, { inputs, github }: Context): string {
  return text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (whole, path: string) => {
    const input = /^(?:github\.event\.)?inputs\.([\w-]+)$/.exec(path)?.[1];
    if (input !== undefined) return Object.hasOwn(inputs, input) ? (inputs[input] as string) : "";
    const name = path.replace(/^github\./, "");
    const known: Readonly<Record<string, string>> = github;
    return path.startsWith("github.") && Object.hasOwn(known, name)
      ? (known[name] as string)
      : whole;
  });
}
