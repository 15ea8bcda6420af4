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
    const sql = postgres(url, { max: 8, onnotice: () => {} });
    // Made once: even where there is nothing to do, making an index waits for whoever writes, a frozen process too.
    const [made] = await sql<{ isMade: boolean }[]>`
      SELECT to_regclass('jobs_of_run') IS NOT NULL AS "isMade"`;
    if (!made?.isMade) await sql.unsafe(tables);
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
    const withJobs = new Set(jobs.map(({ run }) => keyOf(run)));
    const runRows = runs.map((run) => ({
      ...record(runColumns, runValues(repository, run)),
      with_jobs: withJobs.has(keyOf(run)),
    }));
    const jobRows = jobs.flatMap(({ jobs }) =>
      jobs.map((job) => record(jobColumns, jobValues(repository, job))),
    );
    // One statement and no transaction around it: a process that is frozen here holds no row that others wait for. The rows
    // are one parameter each: PostgreSQL gives each column its own type.
    const [saved] = await this.#sql.unsafe<{ isSaved: boolean }[]>(
      `WITH saved AS (
         INSERT INTO syncs (repository, revision, state)
         SELECT $1, $2::bigint + 1, $3::text::jsonb
         WHERE $2::bigint = 0 OR EXISTS (SELECT FROM syncs WHERE repository = $1)
         ON CONFLICT (repository) DO UPDATE SET revision = excluded.revision, state = excluded.state
         WHERE syncs.revision = $2::bigint
         RETURNING 1
       ), saved_runs AS (
         ${upsert("runs", [...runColumns, "with_jobs"], runKey, "$4")}
       ), saved_jobs AS (
         ${upsert("jobs", jobColumns, jobKey, "$5")}
       )
       SELECT EXISTS (SELECT FROM saved) AS "isSaved"`,
      [
        repository,
        revision,
        JSON.stringify(state),
        lastOfEach(runRows, runKey),
        lastOfEach(jobRows, jobKey),
      ],
    );
    if (!saved?.isSaved) throw new OvertakenError(repository);
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

// One process at a time makes the tables: statements that are sent as one are one transaction.
const tables = `
  SELECT pg_advisory_xact_lock(7283001);
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
`;

const runKey = ["id", "run_attempt"];
const jobKey = ["id"];

type Row = Readonly<Record<string, unknown>>;

function record(columns: readonly string[], values: readonly (string | number | null)[]): Row {
  const row = Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null]));
  return { ...row, body: JSON.parse(String(row["body"])) as unknown };
}

/**
 * The rows as JSON; of a row that comes twice what came last, as one statement may replace a row only once. PostgreSQL takes
 * neither NUL nor half of a surrogate pair: one such title would hold up its repository for ever.
 */
function lastOfEach(rows: readonly Row[], key: readonly string[]): string {
  const byKey = new Map(rows.map((row) => [key.map((column) => row[column]).join("/"), row]));
  const json = JSON.stringify([...byKey.values()]);
  return json.replaceAll(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escape, code: string) =>
    code.length > 1 ? "\ufffd" : escape,
  );
}

/** Inserts or replaces the rows of a JSON parameter, when the state was saved. */
function upsert(
  table: string,
  columns: readonly string[],
  key: readonly string[],
  parameter: string,
): string {
  const replaced = columns
    .filter((column) => !key.includes(column))
    .map((column) =>
      column === "with_jobs"
        ? "with_jobs = runs.with_jobs OR excluded.with_jobs"
        : `${column} = excluded.${column}`,
    );
  return `INSERT INTO ${table} (${columns.join(", ")})
    SELECT ${columns.join(", ")} FROM jsonb_populate_recordset(NULL::${table}, ${parameter}::text::jsonb)
    WHERE EXISTS (SELECT FROM saved)
    ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${replaced.join(", ")}`;
}
