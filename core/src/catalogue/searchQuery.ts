/** What a search of Discogs' API asks of a dump. Pure. */
import { fold } from '../lib/fold.ts';
import type { CatalogueSearch, RecordKind } from './catalogueStore.ts';
import type { Query } from './pages.ts';

const KINDS: Readonly<Record<string, RecordKind>> = {
  release: 'releases',
  master: 'masters',
  artist: 'artists',
  label: 'labels',
};
const PAGING = new Set(['page', 'per_page']);
/** Fields that a dump has, by Discogs' names; `title` is split first. Not among them: who submitted, credits, sorting. */
const FIELDS: Readonly<Record<string, Exclude<keyof CatalogueSearch, 'kind'>>> = {
  q: 'q',
  artist: 'artist',
  release_title: 'title',
  track: 'track',
  label: 'label',
  catno: 'catno',
  barcode: 'barcode',
  genre: 'genre',
  style: 'style',
  country: 'country',
  format: 'format',
  year: 'year',
};
const DASH = ' - ';

/** `Nirvana - Nevermind` is artist and title; anything else may stand in either. */
function splitTitle(title: string): Readonly<Record<string, string>> {
  const at = title.indexOf(DASH);
  if (at <= 0) return { q: title };
  return { artist: title.slice(0, at), title: title.slice(at + DASH.length) };
}

/** The search; undefined where it asks what no dump knows, or asks for nothing in particular. */
export function searchQuery(query: Query): CatalogueSearch | undefined {
  const search: Record<string, string> = {};
  const add = (name: string, value: string): void => {
    search[name] = search[name] === undefined ? value : `${search[name]} ${value}`;
  };
  for (const [name, value] of query) {
    if (PAGING.has(name) || name === 'type') continue;
    if (name === 'title') {
      for (const [part, words] of Object.entries(splitTitle(value))) add(part, words);
      continue;
    }
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field === undefined) return undefined;
    add(field, value);
  }
  const type = query.find(([name]) => name === 'type')?.[1];
  const kind = type === undefined ? undefined : KINDS[type];
  if (Object.keys(search).length === 0 || (type !== undefined && kind === undefined)) return undefined;
  return { ...search, ...(kind === undefined ? {} : { kind }) };
}

const words = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);

/** Whether each word of `wanted` is one of `text`. Case and accents do not matter. */
export function hasWords(text: string, wanted: string): boolean {
  const own = new Set(words(text));
  return words(wanted).every((word) => own.has(word));
}

/** `1991`, or a range `1990-1995`. */
export function inYears(wanted: string, year: number): boolean {
  const [from = '', to = from] = wanted.split('-');
  return year >= Number(from) && year <= Number(to);
}
