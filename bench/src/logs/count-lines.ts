/** Counts line feeds, four bytes at a time: the counting must not be what is measured. */
export function countLines(bytes: Uint8Array): number {
  let count = 0;
  let at = 0;
  for (; at < bytes.length && (bytes.byteOffset + at) % 4 !== 0; at++)
    if (bytes[at] === 10) count++;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (bytes.length - at) >> 2);
  for (let index = 0; index < words.length; index++) {
    const word = (words[index] as number) ^ 0x0a0a0a0a;
    // Not zero where a byte of the word is zero: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
    if (((word - 0x01010101) & ~word & 0x80808080) === 0) continue;
    if ((word & 0xff) === 0) count++;
    if ((word & 0xff00) === 0) count++;
    if ((word & 0xff0000) === 0) count++;
    if ((word & 0xff000000) === 0) count++;
  }
  for (at += words.length * 4; at < bytes.length; at++) if (bytes[at] === 10) count++;
  return count;
}
