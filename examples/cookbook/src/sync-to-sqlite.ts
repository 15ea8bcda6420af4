import { DatabaseSync } from "node:sqlite";
import type { Client } from "@workflow-runs/core";
import { syncRuns, type SyncState } from "@workflow-runs/pagination";

/** Copies the runs of a repository into a SQLite file: all of them at first, later what may have changed. */
export async function syncToSqlite(
  github: Client,
  where: { owner: string; repo: string },
  file: string,
): Promise<void> {
  const database = new DatabaseSync(file);
  try {
    await copyRuns(github, where, database);
  } finally {
    database.close();
  }
}

async function copyRuns(
  github: Client,
  where: { owner: string; repo: string },
  database: DatabaseSync,
): Promise<void> {
  database.exec(`
    CREATE TABLE IF NOT EXISTS runs (
      id INTEGER, run_attempt INTEGER, name TEXT, head_branch TEXT, event TEXT, status TEXT, conclusion TEXT,
      created_at TEXT, run_started_at TEXT, html_url TEXT, PRIMARY KEY (id, run_attempt)
    );
    CREATE TABLE IF NOT EXISTS state (repository TEXT PRIMARY KEY, json TEXT);
  `);
  const upsert = database.prepare(
    "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const keep = database.prepare("INSERT OR REPLACE INTO state VALUES (?, ?)");
  const repository = `${where.owner}/${where.repo}`;
  const kept = database.prepare("SELECT json FROM state WHERE repository = ?").get(repository);
  const state = kept && (JSON.parse(String(kept["json"])) as SyncState);
  await syncRuns(github, where, {
    state,
    onRuns({ runs, state }) {
      // Rows and state in one transaction: killed at any time, the next call goes on from there.
      database.exec("BEGIN");
      for (const run of runs)
        upsert.run(
          run.id,
          run.run_attempt ?? 1,
          run.name ?? null,
          run.head_branch,
          run.event,
          run.status,
          run.conclusion,
          run.created_at,
          run.run_started_at ?? null,
          run.html_url,
        );
      keep.run(repository, JSON.stringify(state));
      database.exec("COMMIT");
    },
  });
}
