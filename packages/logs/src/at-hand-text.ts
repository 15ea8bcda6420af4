/** Windows PowerShell writes what a program prints as UTF-16, with a byte order mark. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** How a text at hand is encoded, by its first bytes. */
export function encodingOf(start: Uint8Array): Encoding {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return unmarkedEncoding(start);
}

/** UTF-16 without its mark: of ASCII, which logs mostly are, every other byte is 0, and hardly any of those between. */
function unmarkedEncoding(start: Uint8Array): Encoding {
  const zerosAt = (odd: 0 | 1) =>
    start.reduce((count, byte, at) => count + (byte === 0 && at % 2 === odd ? 1 : 0), 0);
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const pairs = Math.floor(start.length / 2);
  const many = (zeros: number, others: number) =>
    pairs >= fewestPairs && zeros > 0.7 * pairs && others < 0.1 * pairs;
  if (many(odd, even)) return "utf-16le";
  return many(even, odd) ? "utf-16be" : "utf-8";
}

const fewestPairs = 8;

/**
 * What stands before the time of a log's first line: a byte order mark, or what became of it when its bytes were read
 * in a code page: `ï»¿`, `∩╗┐`, `´╗┐`, `?`.
 */
const markBeforeTime = /^[^\w\s]{1,4}(?=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)/;

/** A line of a log without a byte order mark, also where a wrong code page has spoilt that. */
export function withoutMark(line: string): string {
  return line.replace(markBeforeTime, "");
}

/** The upper half of the code pages that Windows reads a program's output in, in the order of their bytes. */
const codePages = [
  // 437: the United States.
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  // 850: Western Europe.
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
];
const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * Text whose UTF-8 a shell has read in a code page, as UTF-8 again. Its byte order mark shows the page; in these pages each
 * byte is a character, so that nothing was lost.
 */
export function repaired(text: string): string {
  for (const page of codePages) {
    const mark = Array.from(byteOrderMark, (byte) => page[byte - 0x80]).join("");
    if (!text.includes(`${mark}20`)) continue;
    const bytes = new Map(Array.from(page, (character, at) => [character, at + 0x80]));
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    // oxlint-disable-next-line no-control-regex
    return text.replace(/[^\u0000-\u007f]+/g, (run) => {
      const read = Array.from(run, (character) => bytes.get(character) ?? -1);
      return read.includes(-1) ? run : decoder.decode(Uint8Array.from(read));
    });
  }
  return text;
}
