#!/usr/bin/env node
import { regenerate } from "./regenerate.ts";
try {
  const { written } = await regenerate({
    check: process.argv.includes("--check"),
    onProgress: (m) => console.error(m),
  });
  console.log(written.join("\n"));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
