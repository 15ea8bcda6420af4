import type { Colors } from "../terminal/colors.ts";

/** What the look of a text depends on. */
export interface View {
  colors: Colors;
  /** Columns of the terminal; undefined where there is none. */
  width: number | undefined;
  /** Milliseconds since 1970. */
  now: number;
}
