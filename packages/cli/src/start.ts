import { main } from "./main.ts";
import { nodeContext } from "./node-context.ts";

// The repository's `start` script: the command from source, or the demo when there are no arguments.
const [, , ...args] = process.argv;
process.exitCode = await main(args.length === 0 ? ["demo"] : args, nodeContext());
