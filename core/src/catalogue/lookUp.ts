/** Searches by what is printed on a record: exact look-ups that every store has, filtered by the rest of the search. */
import { type Members, number, objects, text, texts } from '../lib/looseJson.ts';
import type { CatalogueSearch, CatalogueStore, Identifier } from './catalogueStore.ts';
import { identifierKey } from './identifierKey.ts';
import { hasWords, inYears } from './searchQuery.ts';

/** So many records are read and compared; what finds more is a search. */
const MOST_RECORDS = 200;
/** Digits with what people write between them. */
const BARCODE = /^[0-9][0-9 .\u2010-\u2014-]{6,38}[0-9X]$/u;

const namesOf = (rows: unknown): string =>
  objects(rows)
    .map(({ name, anv }) => `${text(name)} ${text(anv)}`)
    .join(' ');
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isOneOf = (values: readonly string[], wanted: string): boolean =>
  values.some((value) => same(value, wanted));

type Filters = Omit<CatalogueSearch, 'kind' | 'barcode' | 'catno' | 'q'>;
const FILTERS: { readonly [Name in keyof Required<Filters>]: (release: Members, wanted: string) => boolean } =
  {
    artist: ({ artists }, wanted) => hasWords(namesOf(artists), wanted),
    title: ({ title }, wanted) => hasWords(text(title), wanted),
    track: ({ tracklist }, wanted) => objects(tracklist).some(({ title }) => hasWords(text(title), wanted)),
    label: ({ labels }, wanted) => hasWords(namesOf(labels), wanted),
    genre: ({ genres }, wanted) => isOneOf(texts(genres), wanted),
    style: ({ styles }, wanted) => isOneOf(texts(styles), wanted),
    country: ({ country }, wanted) => same(text(country), wanted),
    format: ({ formats }, wanted) =>
      objects(formats).some(({ name, descriptions }) =>
        isOneOf([text(name), ...texts(descriptions)], wanted),
      ),
    year: ({ year }, wanted) => inYears(wanted, number(year) ?? 0),
  };

const isFilter = (name: string): name is keyof typeof FILTERS => Object.hasOwn(FILTERS, name);

/** The look-ups that the search stands for: one each for a barcode and a catalogue number. */
function lookUps(search: CatalogueSearch): readonly (readonly [Identifier, string])[] {
  const { barcode = search.q, catno } = search;
  return [
    ...(barcode === undefined ? [] : ([['barcode', barcode]] as const)),
    ...(catno === undefined ? [] : ([['catno', catno]] as const)),
  ];
}

async function idsBy(
  store: CatalogueStore,
  identifier: Identifier,
  value: string,
): Promise<readonly number[] | undefined> {
  const key = identifierKey(identifier, value);
  if (key === '') return [];
  const found = await store.releasesBy(identifier, key, { offset: 0, limit: MOST_RECORDS });
  return found && found.total <= MOST_RECORDS ? found.rows : undefined;
}

/** Discogs looks for a matrix where it looks for a barcode; letters are in a matrix only. */
async function idsByPrint(store: CatalogueStore, identifier: Identifier, value: string) {
  if (identifier === 'catno') return idsBy(store, identifier, value);
  const order: readonly Identifier[] = /\p{L}/u.test(value) ? ['matrix', 'barcode'] : ['barcode', 'matrix'];
  const [first = 'barcode', second = 'matrix'] = order;
  const ids = await idsBy(store, first, value);
  return ids?.length === 0 ? idsBy(store, second, value) : ids;
}

/** True for a search that look-ups can answer: of releases, by barcode, matrix or catalogue number. */
function isLookUp({ kind, q, barcode, catno }: CatalogueSearch): boolean {
  if (kind !== undefined && kind !== 'releases') return false;
  if (q !== undefined)
    return barcode === undefined && catno === undefined && BARCODE.test(q.normalize('NFKC').trim());
  return barcode !== undefined || catno !== undefined;
}

/** All ids that the look-ups have in common, unfiltered; undefined where one has too many. */
async function idsInCommon(store: CatalogueStore, search: CatalogueSearch) {
  let common: readonly number[] | undefined;
  for (const [identifier, value] of lookUps(search)) {
    const ids = await idsByPrint(store, identifier, value);
    if (ids === undefined) return undefined;
    common = common === undefined ? ids : common.filter((id) => ids.includes(id));
  }
  return common ?? [];
}

/**
 * Ids of the releases that a search by print finds; undefined for another search, and where look-ups find too many.
 * `read` gives the record of an id.
 */
export async function lookUp(
  store: CatalogueStore,
  search: CatalogueSearch,
  read: (id: number) => Promise<Members | undefined>,
): Promise<readonly number[] | undefined> {
  if (!isLookUp(search)) return undefined;
  const ids = await idsInCommon(store, search);
  const filters = Object.entries(search).filter(([name]) => isFilter(name));
  if (ids === undefined || filters.length === 0) return ids;
  const releases = await Promise.all(ids.map(read));
  return ids.filter((_, index) => {
    const release = releases[index];
    return release && filters.every(([name, wanted]) => !isFilter(name) || FILTERS[name](release, wanted));
  });
}
