import type { Colors } from "../terminal/colors.ts";

/** What the look of a text depends on. */
export interface View {
  colors: Colors;
  /** Columns of the terminal; undefined where there is none, or it is not known. */
  width: number | undefined;
  /** Whether a program reads it: tables are tab-separated values then, and times are ISO. */
  pipe: boolean;
  /** Milliseconds since 1970. */
  now: number;
}
