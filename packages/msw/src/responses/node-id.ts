/** GitHub's prefix of a node id, and the number that stands before the ids in it. */
const kinds = {
  Bot: ["BOT", 0],
  CheckRun: ["CR", 0],
  CheckSuite: ["CS", 0],
  Deployment: ["DE", 0],
  Environment: ["EN", 0],
  Organization: ["O", 0],
  PullRequest: ["PR", 0],
  Ref: ["REF", 0],
  Repository: ["R", 0],
  User: ["U", 0],
  Workflow: ["W", 0],
  WorkflowRun: ["WFR", 2],
} as const;

/**
 * A node id in GitHub's present form: a prefix, and in base64url the MessagePack list of a number, the
 * repository's id where it is something in a repository, and the id: `WFR_kwLOFMhYrM8AAAABlZNkjw`.
 */
export function nodeId(kind: keyof typeof kinds, ...ids: readonly number[]): string {
  const [prefix, first] = kinds[kind];
  const bytes = [0x91 + ids.length, first, ...ids.flatMap(packed)];
  const text = btoa(String.fromCodePoint(...bytes));
  return `${prefix}_${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** An unsigned number of 32 or 64 bits. */
function packed(id: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(id));
  const bytes = [...new Uint8Array(view.buffer)];
  return id < 2 ** 32 ? [0xce, ...bytes.slice(4)] : [0xcf, ...bytes];
}
