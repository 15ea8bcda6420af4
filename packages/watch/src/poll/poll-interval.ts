/**
 * How long to wait before the next poll: a twentieth of the age, between 3 seconds and a minute.
 * A run is polled every 3 seconds in its first minute, every 15 seconds after five, every minute
 * from the twentieth on: what is seen is never more than about 5 % of the run's life late.
 *
 * @param age Milliseconds since the attempt started or last changed, whichever is less.
 * @returns Milliseconds.
 */
export function pollInterval(age: number): number {
  return Math.min(60_000, Math.max(3_000, age / 20));
}
