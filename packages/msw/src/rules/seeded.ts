/**
 * A number in [0, 2³²) that depends on nothing but its arguments: everything the fake makes up
 * comes from here, so that the same seed and the same calls give the same ids, dates and names.
 */
export function seeded(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Lower-case hexadecimal digits, `length` of them. */
export function seededHex(length: number, ...parts: readonly (number | string)[]): string {
  let hex = "";
  for (let index = 0; hex.length < length; index += 1) {
    hex += seeded(index, ...parts)
      .toString(16)
      .padStart(8, "0");
  }
  return hex.slice(0, length);
}
