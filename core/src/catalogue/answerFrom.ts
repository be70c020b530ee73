/** From a mirrored operation with its checked input to an answer in the API's shape, or why a dump has none. */
import type { Operation } from '../catalog/operation.ts';
import { type CheckedInput, discogsPath } from '../discogs/request.ts';
import { MARKUP } from '../discogs/textFormat.ts';
import type { CatalogueStore, RecordKind, Rows } from './catalogueStore.ts';
import { masterRecord } from './master.ts';
import { pageRequest, pagesOf, pagination, parameterOf, type Query } from './pages.ts';
import { artistReleaseRow, labelReleaseRow, versionRow } from './rows.ts';
import { REACHABLE_RESULTS, searchResults } from './search.ts';
import { selectVersions } from './versions.ts';

/** What a store says to an operation. */
export type StoreAnswer =
  | {
      readonly kind: 'found';
      readonly body: Uint8Array;
      /** The header `Link`. */
      readonly link: string | undefined;
      /** A search that found nothing: a newer record may fit. */
      readonly isEmptySearch: boolean;
    }
  /** The list has no such page. */
  | { readonly kind: 'beyond'; readonly page: number }
  /** No such record in this month's dump. */
  | { readonly kind: 'absent' }
  /** The question is none for a dump, or none for this store. */
  | { readonly kind: 'unanswerable' };

const encoder = new TextEncoder();
const UNANSWERABLE: StoreAnswer = { kind: 'unanswerable' };
const ABSENT: StoreAnswer = { kind: 'absent' };

/** One page of a list before it is written. */
interface List {
  readonly key: string;
  readonly total: number;
  readonly reachable?: number;
  readonly rows: readonly object[];
  readonly between?: object;
  readonly isEmptySearch?: boolean;
}

function listAnswer(path: string, query: Query, list: List): StoreAnswer {
  const { key, total, reachable = total, rows, between, isEmptySearch = false } = list;
  const request = pageRequest(query);
  if (request.page > pagesOf(Math.min(total, reachable), request.perPage)) {
    return { kind: 'beyond', page: request.page };
  }
  const { link, pagination: paging } = pagination(path, query, request, total, reachable);
  const body = encoder.encode(JSON.stringify({ pagination: paging, ...between, [key]: rows }));
  return { kind: 'found', body, link, isEmptySearch };
}

/** The id of a path, 0 where it has none; undefined for one that is written in another way than Discogs writes it. */
function idOf(values: Readonly<Record<string, string>>): number | undefined {
  const [value = '0'] = Object.values(values);
  return String(Number(value)) === value ? Number(value) : undefined;
}

const recordAnswer = (body: Uint8Array | undefined): StoreAnswer =>
  body ? { kind: 'found', body, link: undefined, isEmptySearch: false } : ABSENT;

const record =
  (kind: RecordKind): Answerer =>
  async (store, id) =>
    recordAnswer(await store.record(kind, id));

/** An empty list of a record that the dump does not have is no answer. */
async function listOf<Row>(
  store: CatalogueStore,
  kind: RecordKind,
  id: number,
  rows: Rows<Row> | undefined,
  write: (rows: Rows<Row>) => StoreAnswer,
): Promise<StoreAnswer> {
  if (!rows) return UNANSWERABLE;
  return rows.total === 0 && !(await store.record(kind, id)) ? ABSENT : write(rows);
}

type Answerer = (store: CatalogueStore, id: number, query: Query, path: string) => Promise<StoreAnswer>;

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  getArtist: record('artists'),
  getLabel: record('labels'),
  getMaster: async (store, id) => recordAnswer(await masterRecord(store, id)),
  getRelease: record('releases'),
  getArtistReleases: async (store, id, query, path) => {
    const order = parameterOf(query, 'sort_order') === 'desc' ? 'desc' : 'asc';
    const sort = { by: parameterOf(query, 'sort') ?? 'year', order } as const;
    const found = await store.artistReleases(id, sort, pageRequest(query).slice);
    return listOf(store, 'artists', id, found, ({ total, rows }) =>
      listAnswer(path, query, { key: 'releases', total, rows: rows.map(artistReleaseRow) }),
    );
  },
  getLabelReleases: async (store, id, query, path) => {
    const found = await store.labelReleases(id, pageRequest(query).slice);
    return listOf(store, 'labels', id, found, ({ total, rows }) =>
      listAnswer(path, query, { key: 'releases', total, rows: rows.map(labelReleaseRow) }),
    );
  },
  getMasterVersions: async (store, id, query, path) => {
    const all = await store.masterVersions(id);
    const found = all && { total: all.length, rows: all };
    return listOf(store, 'masters', id, found, ({ rows }) => {
      const { versions, between } = selectVersions(rows, query);
      const { offset, limit } = pageRequest(query).slice;
      const shown = versions.slice(offset, offset + limit).map(versionRow);
      return listAnswer(path, query, { key: 'versions', total: versions.length, rows: shown, between });
    });
  },
  searchDatabase: async (store, _, query, path) => {
    const found = await searchResults(store, query);
    if (!found) return UNANSWERABLE;
    const { total, rows } = found;
    const isEmptySearch = total === 0;
    return listAnswer(path, query, {
      key: 'results',
      total,
      reachable: REACHABLE_RESULTS,
      rows,
      isEmptySearch,
    });
  },
};

/** Answers from `store`. Prices (`curr_abbr`), and texts that Discogs renders, are no question for a dump. */
export async function answerFrom(
  store: CatalogueStore,
  operation: Operation,
  { path, query, accept }: CheckedInput,
): Promise<StoreAnswer> {
  const answer = ANSWERERS[operation.id];
  const isPlain = accept === undefined || accept === MARKUP;
  if (!answer || !isPlain || parameterOf(query, 'curr_abbr') !== undefined) return UNANSWERABLE;
  const id = idOf(path);
  if (id === undefined) return UNANSWERABLE;
  return answer(store, id, query, discogsPath(operation, path));
}
