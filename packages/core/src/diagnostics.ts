/**
 * Names of the events, published on Node's `diagnostics_channel` as `workflow-runs:<name>`. No message
 * holds a token or a signed URL.
 */
export type DiagnosticName = "request" | "retry" | "limit" | "cache";

/** Publishes one event to whoever listens. */
export type Publish = (name: DiagnosticName, message: object) => void;

interface DiagnosticsChannel {
  hasSubscribers(name: string): boolean;
  channel(name: string): { publish(message: object): void };
}

/** Events for Node's `diagnostics_channel` where the runtime has it (Node, Bun, Deno); nothing elsewhere. */
export function diagnostics(): Publish {
  // Not an import, so that a bundle for browsers stays free of Node.
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => DiagnosticsChannel | undefined };
  };
  const module = process?.getBuiltinModule?.("node:diagnostics_channel");
  return (name, message) => {
    const topic = `workflow-runs:${name}`;
    if (module?.hasSubscribers(topic)) module.channel(topic).publish(message);
  };
}
