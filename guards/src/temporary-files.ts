import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the tests a temporary folder of their own, and removes what they leave in it. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "workflow-runs-"));
  // A database that a test starts runs as another user.
  chmodSync(folder, 0o711);
  // The names that Node reads: one on POSIX, two on Windows.
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
