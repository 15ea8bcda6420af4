/**
 * Names of the events, published on Node's `diagnostics_channel` as `workflow-runs:<name>`. No message
 * holds a token or a signed URL.
 */
export type DiagnosticName = "request" | "retry" | "limit" | "cache";

/** Publishes one event to whoever listens. */
export type Publish = (name: DiagnosticName, message: object) => void;

interface Channel {
  hasSubscribers: boolean;
  publish(message: object): void;
}

/** Events for Node's `diagnostics_channel` where the runtime has it (Node, Bun, Deno); nothing elsewhere. */
export function diagnostics(): Publish {
  // Not an import, so that a bundle for browsers stays free of Node.
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?: (name: string) => { channel(name: string): Channel } | undefined;
    };
  };
  const module = process?.getBuiltinModule?.("node:diagnostics_channel");
  const channelOf = (name: DiagnosticName): Channel | undefined =>
    module?.channel(`workflow-runs:${name}`);
  const channels = {
    request: channelOf("request"),
    retry: channelOf("retry"),
    limit: channelOf("limit"),
    cache: channelOf("cache"),
  };
  return (name, message) => {
    const channel = channels[name];
    if (channel?.hasSubscribers) channel.publish(message);
  };
}
