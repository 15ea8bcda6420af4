import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { install } from "./bundlers.ts";
import { succeed } from "./command.ts";

/** The bundlers that Next brings. */
export const nextBundlers = ["turbopack", "webpack"] as const;

/**
 * Builds an application with Next in the project: a page that imports the program for browsers, and a route that runs
 * it while Next builds. Gives what the route returns.
 */
export async function buildWithNext(
  project: string,
  bundler: (typeof nextBundlers)[number],
  program: string,
): Promise<string> {
  await install(project, ["next@^16.4.6", "react@^19.3.1", "react-dom@^19.3.1"]);
  const app = join(project, "app");
  await mkdir(join(app, "printed"), { recursive: true });
  await writeFile(
    join(app, "layout.js"),
    `import { createElement } from "react";
     export default ({ children }) => createElement("html", null, createElement("body", null, children));`,
  );
  await writeFile(
    join(app, "page.js"),
    `"use client";
     import { useEffect } from "react";
     export default function Page() { useEffect(() => void import("../${program}"), []); return "The console has it."; }`,
  );
  await writeFile(
    join(app, "printed/route.js"),
    `export const dynamic = "force-static";
     export async function GET() {
       const { log } = console;
       const lines = [];
       console.log = (line) => lines.push(line);
       try { await import("../../${program}"); } finally { console.log = log; }
       return new Response(lines.join("\\n"));
     }`,
  );
  await writeFile(join(project, "next.config.mjs"), "export default {};\n");
  const next = join(project, "node_modules/next/dist/bin/next");
  await succeed(process.execPath, [next, "build", `--${bundler}`], project);
  return readFile(join(project, ".next/server/app/printed.body"), "utf8");
}
