#!/usr/bin/env node
import { main } from "./main.ts";
import { nodeContext } from "./node-context.ts";

process.exitCode = await main(process.argv.slice(2), nodeContext());
