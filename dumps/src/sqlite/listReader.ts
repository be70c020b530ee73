/** Reads slices of the lists of artists, labels and masters. */
import type { DatabaseSync } from 'node:sqlite';
import type { Slice } from '@discogs-agent/core/catalogue';
import { CHUNK_ENTRIES, type ListName } from './format.ts';
import { decodeEntries, type ListEntry } from './listEntries.ts';
import { bytes, number } from './readings.ts';

export interface ListReader {
  /** The parts of a list that are there, with their lengths. */
  parts(id: number): readonly { readonly part: number; readonly total: number }[];
  /** Entries of one part. */
  slice(id: number, part: number, slice: Slice): readonly ListEntry[];
}

export function listReader(db: DatabaseSync, list: ListName): ListReader {
  const parts = db.prepare(`SELECT part, total FROM ${list} WHERE id = ? AND chunk = 0 ORDER BY part`);
  const chunks = db.prepare(
    `SELECT entries FROM ${list} WHERE id = ? AND part = ? AND chunk BETWEEN ? AND ? ORDER BY chunk`,
  );
  return {
    parts: (id) => parts.all(id).map((row) => ({ part: number(row, 'part'), total: number(row, 'total') })),
    slice(id, part, { offset, limit }) {
      if (limit <= 0) return [];
      const first = Math.floor(offset / CHUNK_ENTRIES);
      const last = Math.floor((offset + limit - 1) / CHUNK_ENTRIES);
      const skipped = offset - first * CHUNK_ENTRIES;
      return chunks
        .all(id, part, first, last)
        .flatMap((row) => decodeEntries(bytes(row, 'entries')))
        .slice(skipped, skipped + limit);
    },
  };
}
