/** What a 206 gives of the whole. */
export interface ContentRange {
  readonly start: number;
  /** The last byte's number. */
  readonly end: number;
  /** Length of the whole. */
  readonly total: number;
}

/** Reads `Content-Range: bytes 0-99/1234`; undefined for any other form. */
export function readContentRange(header: string | null): ContentRange | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? "");
  if (!match) return undefined;
  const [start, end, total] = match.slice(1).map(Number) as [number, number, number];
  return start <= end && end < total ? { start, end, total } : undefined;
}
