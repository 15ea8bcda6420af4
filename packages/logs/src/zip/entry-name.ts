import { UnsafeArchiveError } from "./errors.ts";
import { flag } from "./records.ts";

// The upper half of code page 437, which names without the UTF-8 flag are in by the specification.
const codePage437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/**
 * The name of an entry as text.
 * @throws {UnsafeArchiveError} when it says it is UTF-8 and is not
 */
export function decodeName(bytes: Uint8Array, flags: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    if (flags & flag.utf8)
      throw new UnsafeArchiveError(
        "invalid-name",
        "an entry's name is not the UTF-8 it says it is",
      );
    return Array.from(bytes, (byte) =>
      byte < 128 ? String.fromCharCode(byte) : codePage437[byte - 128],
    ).join("");
  }
}

/**
 * Throws for a name that would lead a careless program out of its folder, on any system.
 * @throws {UnsafeArchiveError}
 */
export function checkName(name: string): void {
  const reason = unsafe(name);
  if (reason) throw new UnsafeArchiveError("unsafe-name", `${reason}; the entry is refused`, name);
}

function unsafe(name: string): string | undefined {
  if (name === "") return "the name is empty";
  if (name.includes("\0")) return "the name holds a NUL";
  if (/^[/\\]/.test(name)) return "the name is an absolute path";
  if (/^[a-z]:/i.test(name)) return "the name starts with a drive letter";
  if (name.split(/[/\\]/).includes("..")) return "the name leads out of its folder";
  return undefined;
}
