/** Damages one release of a store. */
import { DatabaseSync } from 'node:sqlite';
import { currentPath } from '../../src/sqlite/storeLayout.ts';

/** Changes the row of its record by SQL: `size = size - 1`. */
export function spoilRecord(folder: string, id: number, assignment: string): void {
  const db = new DatabaseSync(currentPath(folder) ?? '');
  const where = `position = (SELECT position FROM releases_ids WHERE id = ${id})`;
  const { changes } = db.prepare(`UPDATE releases_records SET ${assignment} WHERE ${where}`).run();
  db.close();
  if (changes !== 1) throw new Error(`no release ${id}`);
}
