import type { Context, Output } from "../context.ts";
import { showsUnicode, toAscii } from "./ascii.ts";

/** The context, whose terminals are sent ASCII only where the locale shows nothing else. */
export function inLocale(context: Context): Context {
  if (showsUnicode(context.env, context.platform)) return context;
  return { ...context, stdout: inAscii(context.stdout), stderr: inAscii(context.stderr) };
}

/** A file or pipe gets every byte as it is: only a terminal draws. */
function inAscii(output: Output): Output {
  if (!output.isTTY) return output;
  return {
    write: async (text) => output.write(toAscii(text)),
    isTTY: true,
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
  };
}
