/**
 * Names of the events, published on Node's `diagnostics_channel` as `workflow-runs:<name>`. No message
 * holds a token or a signed URL.
 */
export type DiagnosticName = "request" | "retry" | "limit" | "cache" | "deprecation";

/** Publishes one event; the message is only made where somebody subscribed. */
export type Publish = (name: DiagnosticName, message: () => object) => void;

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
}

/** Publishes on Node's `diagnostics_channel` where the runtime has it (Node, Bun, Deno); nowhere elsewhere. */
export function publisher(): Publish {
  // Not an import, so that a bundle for browsers stays free of Node.
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?: (name: string) => { channel(name: string): Channel } | undefined;
    };
  };
  const module = process?.getBuiltinModule?.("node:diagnostics_channel");
  if (!module) return () => {};
  const channel = (name: DiagnosticName): Channel => module.channel(`workflow-runs:${name}`);
  const channels: Readonly<Record<DiagnosticName, Channel>> = {
    request: channel("request"),
    retry: channel("retry"),
    limit: channel("limit"),
    cache: channel("cache"),
    deprecation: channel("deprecation"),
  };
  return (name, message) => {
    if (channels[name].hasSubscribers) channels[name].publish(message());
  };
}
