/** What the runner writes around each step inside a composite action, since 2026. */
export interface ActionMarker {
  /** `##[start-action …]` or `##[end-action …]`. */
  readonly event: "start" | "end";
  /** Path of ids: `a.b` is step `b` of the composite action that is step `a`. */
  readonly id: string;
  /** Name of the inner step (start). */
  readonly display?: string;
  /** Its outcome before `continue-on-error` (end). */
  readonly outcome?: string;
  /** Its conclusion (end). */
  readonly conclusion?: string;
  /** How long it took, in milliseconds (end). */
  readonly duration?: number;
}

const escaped: Record<string, string> = {
  "%0A": "\n",
  "%0D": "\r",
  "%5D": "]",
  "%3B": ";",
  "%25": "%",
};

/** Reads `##[start-action display=…;id=a.b]` and `##[end-action id=…;outcome=…]`; undefined for anything else. */
export function readActionMarker(message: string): ActionMarker | undefined {
  if (!message.startsWith("##[start-action ") && !message.startsWith("##[end-action "))
    return undefined;
  const match = /^##\[(start|end)-action ([^\]]*)\]/.exec(message);
  if (!match) return undefined;
  const fields = new Map(
    (match[2] as string).split(";").map((field) => {
      const at = field.indexOf("=");
      return at < 0 ? [field, ""] : [field.slice(0, at), unescaped(field.slice(at + 1))];
    }),
  );
  const [display, outcome, conclusion] = ["display", "outcome", "conclusion"].map((key) =>
    fields.get(key),
  );
  const duration = Number(fields.get("duration_ms") ?? Number.NaN);
  return {
    event: match[1] as "start" | "end",
    id: fields.get("id") ?? "",
    ...(display !== undefined && { display }),
    ...(outcome !== undefined && { outcome }),
    ...(conclusion !== undefined && { conclusion }),
    ...(!Number.isNaN(duration) && { duration }),
  };
}

function unescaped(value: string): string {
  return value.replaceAll(/%(?:0A|0D|5D|3B|25)/gi, (code) => escaped[code.toUpperCase()] as string);
}
