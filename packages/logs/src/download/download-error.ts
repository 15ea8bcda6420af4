/**
 * The download broke off, and could not be taken up again. Its `name` is `NetworkError`, as that of core's error for
 * the same: errors of these packages are told apart by name.
 */
export class DownloadError extends Error {
  /** Bytes that had come. */
  readonly received: number;

  static {
    Object.defineProperty(this.prototype, "name", { value: "NetworkError", configurable: true });
  }

  constructor(message: string, received: number, options?: ErrorOptions) {
    super(message, options);
    this.received = received;
  }
}
