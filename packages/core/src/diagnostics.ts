/**
 * Names of the events, published on Node's `diagnostics_channel` as `workflow-runs:<name>`. No message
 * holds a token or a signed URL.
 */
export type DiagnosticName = "request" | "retry" | "limit" | "cache";

/** Publishes one event to whoever listens. */
export type Publish = (name: DiagnosticName, message: object) => void;

/** One of Node's channels. */
export interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
}

/** The channels by their names. */
export type Channels = Readonly<Record<DiagnosticName, Channel | undefined>>;

/** Node's `diagnostics_channel` where the runtime has it (Node, Bun, Deno); nothing elsewhere. */
export function diagnostics(): Channels {
  // Not an import, so that a bundle for browsers stays free of Node.
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?: (name: string) => { channel(name: string): Channel } | undefined;
    };
  };
  const module = process?.getBuiltinModule?.("node:diagnostics_channel");
  const channel = (name: DiagnosticName): Channel | undefined =>
    module?.channel(`workflow-runs:${name}`);
  return {
    request: channel("request"),
    retry: channel("retry"),
    limit: channel("limit"),
    cache: channel("cache"),
  };
}

/** Publishes to those of the channels that somebody listens to. */
export function publisher(channels: Channels): Publish {
  return (name, message) => {
    const channel = channels[name];
    if (channel?.hasSubscribers) channel.publish(message);
  };
}
