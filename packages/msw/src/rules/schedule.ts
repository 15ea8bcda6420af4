import { Cron } from "croner";

/** The moments in (`after`, `until`] that a cron expression names, in UTC; ms since 1970. */
export function scheduled(expression: string, after: number, until: number): number[] {
  const cron = new Cron(expression, { timezone: "UTC" });
  const moments: number[] = [];
  let next = cron.nextRun(new Date(after))?.getTime();
  while (next !== undefined && next <= until) {
    moments.push(next);
    next = cron.nextRun(new Date(next))?.getTime();
  }
  return moments;
}

/** Whether it is a cron expression as a workflow file takes it: five fields. */
export function isCron(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(expression, { timezone: "UTC" }).nextRun() !== undefined;
  } catch {
    return false;
  }
}
