// Writes test/failure/*.zip anew: node packages/logs/test/make-failure-archives.ts
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { failureRecipes } from "./failure-recipes.ts";

const folder = new URL("./failure/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { file, make } of failureRecipes) writeFileSync(new URL(`${file}.zip`, folder), make());
