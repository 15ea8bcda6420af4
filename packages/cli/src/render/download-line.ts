import type { DownloadProgress } from "@workflow-runs/logs";

const barWidth = 24;

/** A progress bar where the size is known, else how much has come so far. */
export function downloadLine({ received, total }: DownloadProgress): string {
  if (total === undefined || total <= 0) return `Downloading the logs ${size(received)}`;
  const share = Math.min(1, received / total);
  const done = Math.round(share * barWidth);
  const bar = "█".repeat(done) + "░".repeat(barWidth - done);
  return `Downloading the logs ${bar} ${Math.floor(share * 100)} % of ${size(total)}`;
}

/** `12 kB` or `3.4 MB`: never none of what has come. */
function size(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
