// What bundlers for browsers take. Its own `createClient` stands before that of all the rest.
export * from "./index.ts";
export { createClient } from "./browser.ts";
