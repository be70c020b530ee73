/** Everything in a finished store, in order: what a pack is made from. */
import type { KeyHash, RecordKind } from '@discogs-agent/core/catalogue';
import { hashesIn } from './buckets.ts';
import type { FileStore } from './fileStore.ts';
import type { ListName, Namespace } from './format.ts';
import { bytes, number } from './readings.ts';

export interface StoreContents {
  /** Of the records, ascending. */
  ids(kind: RecordKind): Iterable<number>;
  /** Of the records that a list belongs to, ascending; some are not in the dump. */
  listed(list: ListName): Iterable<number>;
  /** Hashes of `keyHash` with the ids that they find, ascending. */
  lookups(namespace: Namespace): Iterable<KeyHash & { readonly ids: readonly number[] }>;
}

export function storeContents({ db }: Pick<FileStore, 'db'>): StoreContents {
  return {
    *ids(kind) {
      for (const row of db.prepare(`SELECT id FROM ${kind}_ids ORDER BY id`).iterate())
        yield number(row, 'id');
    },
    *listed(list) {
      for (const row of db.prepare(`SELECT DISTINCT id FROM ${list} ORDER BY id`).iterate())
        yield number(row, 'id');
    },
    *lookups(namespace) {
      const buckets = db.prepare('SELECT entries FROM lookups WHERE namespace = ? ORDER BY bucket');
      for (const row of buckets.iterate(namespace)) yield* hashesIn(bytes(row, 'entries'));
    },
  };
}
