/** Statements that never read what a replica has not heard of yet. */
import type { D1Outcome } from '../d1/database.ts';
import type { D1Database } from '../platform.ts';

/** Runs one statement with its parameters. */
export type Run = (sql: string, ...values: readonly (string | number | null)[]) => Promise<D1Outcome>;

/**
 * A session for each statement: the first one of a session goes to the primary, the later ones may not. In production
 * of the original, a lagging replica told users that the session they had just begun did not exist.
 * @see https://developers.cloudflare.com/d1/best-practices/read-replication/
 */
export const onPrimary =
  (database: D1Database): Run =>
  (sql, ...values) =>
    database
      .withSession('first-primary')
      .prepare(sql)
      .bind(...values)
      .all();

/** The first row, or null. */
export const first = async (outcome: Promise<D1Outcome>): Promise<unknown> =>
  (await outcome).results[0] ?? null;

/** The number of rows that a statement changed. */
export const changes = async (outcome: Promise<D1Outcome>): Promise<number> =>
  (await outcome).meta.changes ?? 0;

/** Whether a statement changed a row. */
export const changed = async (outcome: Promise<D1Outcome>): Promise<boolean> => (await changes(outcome)) > 0;
