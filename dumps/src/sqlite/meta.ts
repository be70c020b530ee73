/** Named values of a store's file. */
import type { DatabaseSync } from 'node:sqlite';

/** Undefined where there is none. */
export function readMeta(db: DatabaseSync, name: string): unknown {
  const value = db.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'];
  return typeof value === 'string' ? JSON.parse(value) : undefined;
}

/** Undefined removes it. */
export function writeMeta(db: DatabaseSync, name: string, value: unknown): void {
  if (value === undefined) db.prepare('DELETE FROM meta WHERE name = ?').run(name);
  else db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, JSON.stringify(value));
}
