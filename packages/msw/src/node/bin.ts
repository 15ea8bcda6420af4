#!/usr/bin/env node
import { once } from "node:events";
import { mockCommand } from "./mock-command.ts";

const started = await mockCommand({
  argv: process.argv.slice(2),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
});
if (typeof started === "number") process.exitCode = started;
else {
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await started.close();
}
