import { createHash } from "node:crypto";

const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const longest = 200;

/**
 * The name of an entry as a relative path that can be written on Linux, macOS and Windows.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
export function safeFileName(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .map((part) => safePart(part))
    .join("/");
}

function safePart(part: string): string {
  const plain = part
    .replaceAll(/[\p{Cc}<>:"|?*\\]/gu, "_")
    .replace(/[. ]+$/, (end) => "_".repeat(end.length));
  const free = reserved.test(plain) ? `_${plain}` : plain;
  if (Buffer.byteLength(free) <= longest) return free;
  const extension = /\.[a-z0-9]{1,8}$/i.exec(free)?.[0] ?? "";
  const mark = createHash("sha256").update(part).digest("hex").slice(0, 8);
  return `${cut(free, longest - extension.length - 9)}~${mark}${extension}`;
}

/** At most so many bytes of UTF-8, and no half characters. */
function cut(text: string, bytes: number): string {
  let kept = "";
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    kept += character;
  }
  return kept;
}

/** Gives names that no other file has, also where upper and lower case are the same. */
export interface NameBook {
  /** A free path for a file, as near to the wanted one as can be. */
  file(path: string): string;
  /** A path for a folder; the same folder may be wanted many times. */
  folder(path: string): string;
}

/** A book in which nothing is taken yet. */
export function createNameBook(): NameBook {
  const files = new Set<string>();
  const folders = new Set<string>();
  const folder = (path: string): string => {
    if (path === "") return "";
    const at = path.lastIndexOf("/");
    const inside = at < 0 ? "" : `${folder(path.slice(0, at))}/`;
    let free = inside + path.slice(at + 1);
    while (files.has(fold(free))) free += "_";
    folders.add(fold(free));
    return free;
  };
  return {
    folder,
    file(path) {
      const at = path.lastIndexOf("/");
      const inside = at < 0 ? "" : `${folder(path.slice(0, at))}/`;
      const name = path.slice(at + 1) || "_";
      const dot = name.lastIndexOf(".");
      const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
      let free = inside + name;
      for (let count = 2; files.has(fold(free)) || folders.has(fold(free)); count++)
        free = `${inside}${stem} (${count})${extension}`;
      files.add(fold(free));
      return free;
    },
  };
}

function fold(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}
