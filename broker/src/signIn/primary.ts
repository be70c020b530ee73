/** Statements that never read what a replica has not heard of yet. */
import type { D1Database, D1PreparedStatement, D1Value } from '../platform.ts';

/** Prepares one statement with its parameters. */
export type Prepare = (sql: string, ...values: readonly D1Value[]) => D1PreparedStatement;

/**
 * A session for each statement: the first one of a session goes to the primary, the later ones may not. In production
 * of the original, a lagging replica told users that the session they had just begun did not exist.
 */
export const primaryOf =
  (database: D1Database): Prepare =>
  (sql, ...values) =>
    database
      .withSession('first-primary')
      .prepare(sql)
      .bind(...values);

/** The number of rows that a statement changed. */
export const changes = async (statement: D1PreparedStatement): Promise<number> =>
  (await statement.run()).meta.changes;

/** Whether a statement changed a row. */
export const changed = async (statement: D1PreparedStatement): Promise<boolean> =>
  (await changes(statement)) > 0;
