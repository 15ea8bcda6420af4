export type { Context, Output } from "./context.ts";
export { ExitCode } from "./exit-code.ts";
export { main } from "./main.ts";
export { nodeContext } from "./node-context.ts";
export { Interrupted, OutputClosed } from "./stop-reasons.ts";
