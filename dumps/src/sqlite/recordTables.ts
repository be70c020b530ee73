/** Writes the tables that every kind of record has: rows, ids, blocks, full-text index. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { bulkInsert } from './bulkInsert.ts';
import { BLOCK_BITS, BLOCK_RECORDS, blockWriter } from './recordBlocks.ts';
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
    readonly json: string;
    readonly summary: string;
    readonly words: string;
  }): number | undefined;
  /** Writes what waits. The next record begins a block. */
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
  const blocks = db.prepare(`INSERT INTO ${kind}_blocks (block, data) VALUES (?, ?)`);
  const search = searchWriter(db, kind, searchBits);
  const known = db.prepare(`SELECT 1 FROM ${kind}_ids WHERE id = ?`);
  const block = blockWriter();
  let { count, position, greatestId } = from;

  function writeBlock(): void {
    if (block.length === 0) return;
    blocks.run((position - 1) >> BLOCK_BITS, block.take());
  }

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
      block.add(record.json);
      count += 1;
      position += 1;
      if (block.length === BLOCK_RECORDS) writeBlock();
      return position - 1;
    },
    flush() {
      writeBlock();
      rows.flush();
      ids.flush();
      position = Math.ceil(position / BLOCK_RECORDS) * BLOCK_RECORDS;
      return { count, position, greatestId };
    },
    count: () => count,
    optimize: () => search.optimize(position),
  };
}
