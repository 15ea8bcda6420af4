/** Bytes that can be read as often as wanted. */
export type Readable = () => AsyncIterable<Uint8Array>;
