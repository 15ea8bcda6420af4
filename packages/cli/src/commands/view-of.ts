import type { View } from "../render/view.ts";
import type { Session } from "../session.ts";
import type { Colors } from "../terminal/colors.ts";

/** What standard output looks like at this moment. */
export function viewOf({ context }: Session, colors: Colors): View {
  const { columns, isTTY } = context.stdout;
  const width = columns || undefined;
  return { colors, width, pipe: !isTTY && width === undefined, now: context.now() };
}
