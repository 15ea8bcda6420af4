import type { View } from "../render/view.ts";
import type { Session } from "../session.ts";
import type { Colors } from "../terminal/colors.ts";

/** What standard output looks like at this moment. */
export function viewOf({ context }: Session, colors: Colors): View {
  return { colors, width: context.stdout.columns, now: context.now() };
}
