/** What a pack is made from: a finished store, and what it holds, in order. */
import type { CatalogueStore, Identifier, RecordKind } from '@discogs-agent/core/catalogue';

export interface PackSource {
  readonly store: CatalogueStore;
  /** Of the records, ascending. */
  ids(kind: RecordKind): Iterable<number>;
  /** Keys of `releasesBy`, ascending in UTF-8. */
  keys(identifier: Identifier): Iterable<string>;
  /** Folded names of `named`, ascending in UTF-8. */
  names(kind: 'artists' | 'labels'): Iterable<string>;
}
