import { DatabaseSync } from "node:sqlite";
import {
  type Batch,
  jobColumns,
  jobValues,
  keyOf,
  OvertakenError,
  runColumns,
  runValues,
  type Store,
  type Stored,
} from "./store.ts";
import type { SyncState } from "@workflow-runs/pagination";
import type { WorkflowRun } from "@workflow-runs/core";

/** The copy in a file, for one machine: nothing to install, and as many readers as you like while it is written. */
export class SqliteStore implements Store {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    const database = new DatabaseSync(path, { timeout: 60_000 });
    this.#database = database;
    database.exec(`
      PRAGMA journal_mode = WAL;
      CREATE TABLE IF NOT EXISTS syncs (repository TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS runs (
        repository TEXT NOT NULL, id INTEGER NOT NULL, run_attempt INTEGER NOT NULL, workflow_id INTEGER, path TEXT,
        head_branch TEXT, head_sha TEXT, event TEXT, status TEXT, conclusion TEXT, actor TEXT, created_at TEXT,
        run_started_at TEXT, updated_at TEXT, body TEXT NOT NULL, with_jobs INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (id, run_attempt)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS runs_by_time ON runs (repository, created_at);
      CREATE TABLE IF NOT EXISTS jobs (
        repository TEXT NOT NULL, id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL, run_attempt INTEGER NOT NULL,
        name TEXT, status TEXT, conclusion TEXT, runner_name TEXT, started_at TEXT, completed_at TEXT, body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS jobs_of_run ON jobs (run_id, run_attempt);
    `);
  }

  async load(repository: string): Promise<Stored> {
    const row = this.#database
      .prepare("SELECT revision, state FROM syncs WHERE repository = ?")
      .get(repository) as { revision: number; state: string } | undefined;
    return { revision: row?.revision ?? 0, state: row && (JSON.parse(row.state) as SyncState) };
  }

  async withJobs(runs: readonly WorkflowRun[]): Promise<Set<string>> {
    const query = this.#database.prepare(
      "SELECT 1 FROM runs WHERE id = ? AND run_attempt = ? AND with_jobs = 1",
    );
    return new Set(runs.filter(({ id, run_attempt = 1 }) => query.get(id, run_attempt)).map(keyOf));
  }

  async save(repository: string, revision: number, { runs, jobs, state }: Batch): Promise<number> {
    const database = this.#database;
    database.exec("BEGIN IMMEDIATE");
    try {
      const { changes } = database
        .prepare(
          revision === 0
            ? "INSERT INTO syncs (state, repository, revision) VALUES (?, ?, ? + 1) ON CONFLICT DO NOTHING"
            : "UPDATE syncs SET state = ?, revision = revision + 1 WHERE repository = ? AND revision = ?",
        )
        .run(JSON.stringify(state), repository, revision);
      if (changes !== 1) throw new OvertakenError(repository);
      const run = database.prepare(upsert("runs", runColumns, ["id", "run_attempt"]));
      for (const row of runs) run.run(...runValues(repository, row));
      const job = database.prepare(upsert("jobs", jobColumns, ["id"]));
      for (const { jobs: rows } of jobs)
        for (const row of rows) job.run(...jobValues(repository, row));
      const read = database.prepare(
        "UPDATE runs SET with_jobs = 1 WHERE id = ? AND run_attempt = ?",
      );
      for (const { run } of jobs) read.run(run.id, run.run_attempt ?? 1);
      database.exec("COMMIT");
      return revision + 1;
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  }

  async counts(): Promise<{ runs: number; jobs: number }> {
    const counts = this.#database
      .prepare("SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM jobs) AS jobs")
      .get() as { runs: number; jobs: number };
    return { ...counts };
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}

function upsert(table: string, columns: readonly string[], key: readonly string[]): string {
  const others = columns.filter((column) => !key.includes(column));
  return (
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")}) ` +
    `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(", ")}`
  );
}
