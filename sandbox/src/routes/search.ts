/**
 * The search: every documented parameter filters, and only the first 10,000 results can be paged. It wants a credential,
 * a user's or an application's.
 * @see https://www.discogs.com/developers#page:database,header:database-search
 */
import { findRelease } from '../catalogue/catalogue.ts';
import { COMPOSED_RECORDS, COMPOSED_RECORDS_FROM } from '../catalogue/composed.ts';
import { type Found, SEARCH_ENTRIES, type SearchEntry } from '../catalogue/searchEntry.ts';
import { containsWords, foldText } from '../catalogue/words.ts';
import type { Holdings } from '../compose/parts.ts';
import { artistSearchRow, labelSearchRow, masterSearchRow, releaseSearchRow } from '../compose/searchRow.ts';
import { notAuthenticated } from '../http/errors.ts';
import type { Reply } from '../http/reply.ts';
import { type Call, holdingsOf, paged, type Route } from './call.ts';
import { sortedBy } from './sorting.ts';

const MAX_REACHABLE_RESULTS = 10_000;
/** Compared as whole values, the others by words. */
const EXACT = new Set(['genre', 'style', 'country', 'format', 'submitter', 'contributor']);
const BY_WORDS = new Set(['title', 'release_title', 'credit', 'artist', 'anv', 'label', 'track']);
const SORTABLE = new Set(['year', 'title', 'country', 'catno', 'label', 'format']);
const COMPOSED_WORDS = 'composed record';

const letters = (text: string): string => foldText(text).replaceAll(' ', '');

/** `1991` or a span `1990-1995`. */
function yearMatches(wanted: string, year: string): boolean {
  const [from = '', to = from] = wanted.split('-');
  return Number(year) >= Number(from) && Number(year) <= Number(to);
}

function matches(name: string, wanted: string, texts: readonly string[]): boolean {
  if (name === 'year') return texts.some((year) => yearMatches(wanted, year));
  if (EXACT.has(name)) return texts.some((text) => foldText(text) === foldText(wanted));
  if (BY_WORDS.has(name)) return texts.some((text) => containsWords(text, wanted));
  return texts.some((text) => letters(text).includes(letters(wanted)));
}

const filterNames = Object.keys(SEARCH_ENTRIES[0]?.texts ?? {});
const filtersOf = (query: URLSearchParams): [string, string][] =>
  filterNames.flatMap((name): [string, string][] => {
    const wanted = query.get(name) ?? '';
    return wanted === '' ? [] : [[name, wanted]];
  });

/** Hits in the title before hits anywhere else; otherwise the order of the catalogue. */
const relevance = ({ texts }: SearchEntry, q: string): number =>
  (texts['title'] ?? []).some((title) => containsWords(title, q)) ? 0 : 1;

function row(found: Found, holdings: Holdings): object {
  switch (found.type) {
    case 'release':
      return releaseSearchRow(found.release, holdings);
    case 'master':
      return masterSearchRow(found.master, holdings);
    case 'artist':
      return artistSearchRow(found.artist, holdings);
    case 'label':
      return labelSearchRow(found.label, holdings);
  }
}

function search(call: Call): Reply {
  if (call.caller.kind === 'anonymous') return notAuthenticated();
  const { query } = call;
  const q = query.get('q') ?? '';
  const type = query.get('type') ?? '';
  const filters = filtersOf(query);
  const hits = SEARCH_ENTRIES.filter(
    ({ found, texts, all }) =>
      (type === '' || type === 'all' || found.type === type) &&
      (foldText(q) === '' || containsWords(all, q)) &&
      filters.every(([name, wanted]) => matches(name, wanted, texts[name] ?? [])),
  );
  const sort = query.get('sort') ?? '';
  const ordered = SORTABLE.has(sort)
    ? sortedBy(hits, ({ texts }) => texts[sort]?.[0] ?? '', query.get('sort_order'))
    : sortedBy(hits, (hit) => relevance(hit, q), null);

  // The composed records stand for the millions of rows that an unspecific search finds on Discogs.
  const composedToo =
    filters.length === 0 &&
    (type === '' || type === 'release') &&
    containsWords(COMPOSED_WORDS, q || COMPOSED_WORDS);
  const holdings = holdingsOf(call);
  const rowAt = (index: number): object[] => {
    const hit = ordered[index];
    if (hit !== undefined) return [row(hit.found, holdings)];
    const release = findRelease(COMPOSED_RECORDS_FROM + index - ordered.length);
    return release === undefined ? [] : [releaseSearchRow(release, holdings)];
  };
  return paged(call, {
    key: 'results',
    items: ordered.length + (composedToo ? COMPOSED_RECORDS : 0),
    reachable: MAX_REACHABLE_RESULTS,
    rows: (start, end) =>
      Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset).flatMap(rowAt),
  });
}

export const SEARCH_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/database/search', handle: search },
];
