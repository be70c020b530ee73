/** Writes the tables that every kind of record has: rows, ids, records, full-text index. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { bulkInsert } from './bulkInsert.ts';
import { encodeRecord } from './recordCodec.ts';
import { searchWriter } from './searchWriter.ts';

/** What a checkpoint stores of a kind. */
export interface KindState {
  /** Records that were written. */
  readonly count: number;
  /** Of the next record. */
  readonly position: number;
  readonly greatestId: number;
}

export const NO_RECORDS: KindState = { count: 0, position: 0, greatestId: -1 };

export interface RecordTables {
  /** The position; undefined for an id that is there already. */
  add(record: {
    readonly id: number;
    readonly json: Uint8Array;
    readonly summary: string;
    readonly words: Uint8Array;
  }): number | undefined;
  /** Writes what waits. */
  flush(): KindState;
  count(): number;
  /** Merges what FTS5 has written. */
  optimize(): void;
}

/** `searchBits`: positions of a full-text index. */
export function recordTables(
  db: DatabaseSync,
  kind: RecordKind,
  from: KindState,
  searchBits: number,
): RecordTables {
  const rows = bulkInsert(db, kind, ['position', 'id', 'summary']);
  const ids = bulkInsert(db, `${kind}_ids`, ['id', 'position']);
  const records = bulkInsert(db, `${kind}_records`, ['position', 'size', 'data']);
  const search = searchWriter(db, kind, searchBits);
  const known = db.prepare(`SELECT 1 FROM ${kind}_ids WHERE id = ?`);
  let { count, position, greatestId } = from;

  /** Dumps are sorted as a rule: only an id out of order can be there already. */
  function isKnown(id: number): boolean {
    if (id > greatestId) {
      greatestId = id;
      return false;
    }
    ids.flush();
    return known.get(id) !== undefined;
  }

  return {
    add(record) {
      const { id } = record;
      if (isKnown(id)) return undefined;
      rows.add(position, id, record.summary);
      ids.add(id, position);
      search.add(position, record.words);
      records.add(position, record.json.length, encodeRecord(record.json));
      count += 1;
      position += 1;
      return position - 1;
    },
    flush() {
      rows.flush();
      records.flush();
      ids.flush();
      return { count, position, greatestId };
    },
    count: () => count,
    optimize: () => search.optimize(position),
  };
}
