#!/usr/bin/env node
import module from "node:module";

// Compiled code is kept between two calls where this Node can do that; it decides about the start-up time.
module.enableCompileCache?.();
// The fake of GitHub's API, which these two load, is made of the platform's classes.
if (!process.argv.some((word) => word === "mock" || word === "demo")) {
  const { useLightHeaders } = await import("./network/light-headers.ts");
  useLightHeaders();
}
const [{ main }, { nodeContext }] = await Promise.all([
  import("./main.ts"),
  import("./node-context.ts"),
]);
process.exitCode = await main(process.argv.slice(2), nodeContext());
// Neither a connection that is kept alive nor a child process keeps the terminal waiting.
for (const stream of [process.stdout, process.stderr]) {
  // One whose reader has gone, as that of `… | head` does, still says that it needs to drain, and holds nothing.
  if (stream.writableNeedDrain && stream.writableLength > 0) {
    await new Promise((resolve) => stream.once("drain", resolve).once("close", resolve));
  }
}
process.exit();
