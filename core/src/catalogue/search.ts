/** `GET /database/search` from a dump: look-ups first, then the store's own search, then exact names. */
import type { Members } from '../lib/looseJson.ts';
import type { CatalogueSearch, CatalogueStore, Rows, SearchHit, Slice } from './catalogueStore.ts';
import { lookUp } from './lookUp.ts';
import { nameKey } from './nameKey.ts';
import { pageRequest, type Query } from './pages.ts';
import { readRecord } from './readRecord.ts';
import { searchQuery } from './searchQuery.ts';
import { mainReleaseOf, searchRow } from './searchRows.ts';

/** Discogs pages no further. */
export const REACHABLE_RESULTS = 10_000;

/** Artists or labels by their whole name, for stores without a search. */
async function byName(store: CatalogueStore, search: CatalogueSearch): Promise<Rows<SearchHit> | undefined> {
  const { kind, q, ...others } = search;
  if ((kind !== 'artists' && kind !== 'labels') || q === undefined || Object.keys(others).length > 0) {
    return undefined;
  }
  const ids = await store.named(kind, nameKey(q));
  // None of this name: there may be longer ones, which only a search finds.
  return ids && ids.length > 0 ? { total: ids.length, rows: ids.map((id) => ({ kind, id })) } : undefined;
}

async function hitsOf(
  store: CatalogueStore,
  search: CatalogueSearch,
  slice: Slice,
): Promise<Rows<SearchHit> | undefined> {
  const ids = await lookUp(store, search, (id) => readRecord(store, 'releases', id));
  const isFreeText = search.q !== undefined && ids?.length === 0;
  if (ids && !isFreeText) {
    const rows = ids.slice(slice.offset, slice.offset + slice.limit);
    return { total: ids.length, rows: rows.map((id) => ({ kind: 'releases', id })) };
  }
  return (await store.search(search, slice)) ?? (await byName(store, search));
}

async function rowOf(store: CatalogueStore, { kind, id }: SearchHit): Promise<readonly Members[]> {
  const record = await readRecord(store, kind, id);
  if (!record) return [];
  const mainId = kind === 'masters' ? mainReleaseOf(record) : undefined;
  const main = mainId === undefined ? undefined : await readRecord(store, 'releases', mainId);
  return [searchRow(kind, record, main)];
}

/** One page of results; undefined for a search that this store cannot answer. */
export async function searchResults(store: CatalogueStore, query: Query): Promise<Rows<Members> | undefined> {
  const search = searchQuery(query);
  if (!search) return undefined;
  const { offset, limit } = pageRequest(query).slice;
  const within = Math.min(limit, Math.max(0, REACHABLE_RESULTS - offset));
  const hits = await hitsOf(store, search, { offset, limit: within });
  if (!hits) return undefined;
  const rows = await Promise.all(hits.rows.map((hit) => rowOf(store, hit)));
  return { total: hits.total, rows: rows.flat() };
}
