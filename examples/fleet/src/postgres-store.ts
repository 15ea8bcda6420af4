import postgres, { type Sql } from "postgres";
import type { WorkflowRun } from "@workflow-runs/core";
import type { SyncState } from "@workflow-runs/pagination";
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

/** The copy in PostgreSQL, for a fleet. */
export class PostgresStore implements Store {
  readonly #sql: Sql;

  private constructor(sql: Sql) {
    this.#sql = sql;
  }

  static async open(url: string): Promise<PostgresStore> {
    const sql = postgres(url, {
      max: 8,
      onnotice: () => {},
      // A process that is frozen in a transaction must not hold the row for ever that others wait for.
      connection: { idle_in_transaction_session_timeout: 5_000 },
    });
    // One process at a time makes the tables.
    await sql.begin(async (transaction) => {
      await transaction`SELECT pg_advisory_xact_lock(7283001)`;
      await transaction.unsafe(`
        CREATE TABLE IF NOT EXISTS syncs (repository text PRIMARY KEY, revision bigint NOT NULL, state jsonb NOT NULL);
        CREATE TABLE IF NOT EXISTS runs (
          repository text NOT NULL, id bigint NOT NULL, run_attempt integer NOT NULL, workflow_id bigint, path text,
          head_branch text, head_sha text, event text, status text, conclusion text, actor text, created_at timestamptz,
          run_started_at timestamptz, updated_at timestamptz, body jsonb NOT NULL, with_jobs boolean NOT NULL DEFAULT false,
          PRIMARY KEY (id, run_attempt)
        );
        CREATE INDEX IF NOT EXISTS runs_by_time ON runs (repository, created_at);
        CREATE TABLE IF NOT EXISTS jobs (
          repository text NOT NULL, id bigint PRIMARY KEY, run_id bigint NOT NULL, run_attempt integer NOT NULL,
          name text, status text, conclusion text, runner_name text, started_at timestamptz, completed_at timestamptz,
          body jsonb NOT NULL
        );
        CREATE INDEX IF NOT EXISTS jobs_of_run ON jobs (run_id, run_attempt);
      `);
    });
    return new PostgresStore(sql);
  }

  async load(repository: string): Promise<Stored> {
    const [row] = await this.#sql<{ revision: string; state: SyncState }[]>`
      SELECT revision, state FROM syncs WHERE repository = ${repository}`;
    return { revision: Number(row?.revision ?? 0), state: row?.state };
  }

  async withJobs(runs: readonly WorkflowRun[]): Promise<Set<string>> {
    if (runs.length === 0) return new Set();
    const rows = await this.#sql<{ id: string; run_attempt: number }[]>`
      SELECT id, run_attempt FROM runs WHERE with_jobs AND id = ANY(${runs.map(({ id }) => id)}::bigint[])`;
    return new Set(rows.map(({ id, run_attempt }) => `${id}/${run_attempt}`));
  }

  async save(repository: string, revision: number, { runs, jobs, state }: Batch): Promise<number> {
    await this.#sql.begin(async (transaction) => {
      const text = JSON.stringify(state);
      const { count } =
        revision === 0
          ? await transaction`
              INSERT INTO syncs (repository, revision, state) VALUES (${repository}, 1, ${text}::text::jsonb)
              ON CONFLICT DO NOTHING`
          : await transaction`
              UPDATE syncs SET state = ${text}::text::jsonb, revision = revision + 1
              WHERE repository = ${repository} AND revision = ${revision}`;
      if (count !== 1) throw new OvertakenError(repository);
      await upsert(
        transaction,
        "runs",
        runColumns,
        ["id", "run_attempt"],
        runs.map((run) => runValues(repository, run)),
      );
      const rows = jobs.flatMap(({ jobs }) => jobs.map((job) => jobValues(repository, job)));
      await upsert(transaction, "jobs", jobColumns, ["id"], rows);
      if (jobs.length > 0)
        await transaction`UPDATE runs SET with_jobs = true
          WHERE (id || '/' || run_attempt) = ANY(${jobs.map(({ run }) => keyOf(run))})
            AND id = ANY(${jobs.map(({ run }) => run.id)}::bigint[])`;
    });
    return revision + 1;
  }

  async counts(): Promise<{ runs: number; jobs: number }> {
    const [counts] = await this.#sql<{ runs: string; jobs: string }[]>`
      SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM jobs) AS jobs`;
    return { runs: Number(counts?.runs), jobs: Number(counts?.jobs) };
  }

  close(): Promise<void> {
    return this.#sql.end({ timeout: 5 });
  }
}

/** Inserts or replaces rows: one statement, whatever their number. A row that comes twice is what came last. */
async function upsert(
  sql: postgres.TransactionSql,
  table: string,
  columns: readonly string[],
  key: readonly string[],
  values: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  const rows = new Map(
    values.map((row) => {
      const record: Record<string, unknown> = Object.fromEntries(
        columns.map((column, index) => [column, row[index] ?? null]),
      );
      return [key.map((column) => record[column]).join("/"), record] as const;
    }),
  );
  if (rows.size === 0) return;
  const others = columns.filter((column) => !key.includes(column));
  // The records as one JSON parameter: PostgreSQL gives each column its own type.
  await sql.unsafe(
    `INSERT INTO ${table} (${columns.join(", ")})
     SELECT ${columns.map((column) => (column === "body" ? "body::jsonb" : column)).join(", ")}
     FROM jsonb_populate_recordset(NULL::${table}, $1::text::jsonb)
     ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(", ")}`,
    [
      JSON.stringify(
        [...rows.values()].map((row) =>
          Object.assign(row, { body: JSON.parse(row["body"] as string) as unknown }),
        ),
      ),
    ],
  );
}
