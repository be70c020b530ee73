/** Writes the full-text indexes of one kind of record: one for every 2 ** bits positions. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { createSearch, searchTable } from './format.ts';

/** FTS5's memory before it writes a segment, and no merging in between: one merge at the end costs least. */
const OPTIONS: readonly (readonly [string, number])[] = [
  ['hashsize', 4 * 1024 * 1024],
  ['automerge', 0],
  ['crisismerge', 1999],
];

export interface SearchWriter {
  /** Positions ascend. */
  add(position: number, words: Uint8Array): void;
  /** Merges what FTS5 has written for positions below `end` into one segment for each index. */
  optimize(end: number): void;
}

export function searchWriter(db: DatabaseSync, kind: RecordKind, bits: number): SearchWriter {
  let part = -1;
  let insert: StatementSync | undefined;

  function open(next: number): StatementSync {
    const table = searchTable(kind, next);
    db.exec(createSearch(kind, next));
    for (const [option, value] of OPTIONS) {
      db.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('${option}', ${value})`);
    }
    part = next;
    return db.prepare(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`);
  }

  return {
    add(position, words) {
      if (insert === undefined || position >> bits !== part) insert = open(position >> bits);
      insert.run(position, words);
    },
    optimize(end) {
      for (let at = 0; at << bits < end; at += 1) {
        // The last block's end may lie in an index that has no record yet.
        db.exec(createSearch(kind, at));
        const table = searchTable(kind, at);
        db.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
      }
    },
  };
}
