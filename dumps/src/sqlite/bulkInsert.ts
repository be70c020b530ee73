/**
 * Inserts of many rows in one statement: a call into SQLite costs as much as the row. `OR FAIL`, so that a statement needs no
 * savepoint of its own: at each of these FTS5 writes its memory out, and after 2,000 times its index is full.
 */
import type { DatabaseSync } from 'node:sqlite';

type Value = string | number | Uint8Array;

/** Rows of one statement. */
const ROWS = 64;

export interface BulkInsert {
  /** One row: a value for each column. */
  add(...values: readonly Value[]): void;
  flush(): void;
}

/** Collects rows; `flush` before the commit. */
export function bulkInsert(db: DatabaseSync, table: string, columns: readonly string[]): BulkInsert {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const sql = (rows: number): string =>
    `INSERT OR FAIL INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')}`;
  const many = db.prepare(sql(ROWS));
  const one = db.prepare(sql(1));
  let waiting: Value[] = [];

  return {
    add(...values) {
      for (const value of values) waiting.push(value);
      if (waiting.length < ROWS * columns.length) return;
      many.run(...waiting);
      waiting = [];
    },
    flush() {
      for (let at = 0; at < waiting.length; at += columns.length) {
        one.run(...waiting.slice(at, at + columns.length));
      }
      waiting = [];
    },
  };
}
