/** A search that found nothing: which of its filters is the reason. */

import { type Members, number, object } from '../lib/looseJson.ts';
import type { AskInner } from './inner.ts';
import { PAGING } from './parameters.ts';

/** Calls to Discogs at most for one empty search. */
export const MOST_CALLS = 3;
/** Filters in the order in which they are usually wrong. */
const SUSPECTS = [
  'year',
  'format',
  'country',
  'barcode',
  'catno',
  'track',
  'label',
  'style',
  'genre',
  'credit',
  'anv',
  'artist',
  'release_title',
  'title',
  'type',
];

/** An empty list of which Discogs was asked for a part alone; `query` is that of the caller. */
export function explainEmptyList(query: Readonly<Record<string, string>>): Members {
  const [name, ...others] = Object.keys(query).filter((one) => !PAGING.has(one));
  if (name === undefined) return {};
  return others.length === 0
    ? { emptied_by: name, next_step: `Nothing has this ${name}: ask again without ${name}.` }
    : { next_step: `Nothing has all of ${[name, ...others].join(', ')}: ask again without one of them.` };
}

/** Tries the search without one filter after the other. */
export async function explainEmpty(
  ask: AskInner,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Members> {
  const filters = Object.keys(query).filter((name) => !PAGING.has(name));
  const suspects = SUSPECTS.filter((name) => filters.includes(name));
  if (filters.length < 2) {
    return { next_step: 'Nothing fits: check the spelling, or search with fewer or other words in q.' };
  }
  // A search by type alone finds everything, which says nothing about the filter that was left out.
  const left = suspects.filter((name) => filters.some((other) => other !== name && other !== 'type'));
  const tried: string[] = [];
  for (const name of left.slice(0, MOST_CALLS)) {
    const { [name]: _, ...rest } = query;
    const inner = await ask(path, { ...rest, page: '1', per_page: '1' }, 'accept_empty');
    if (inner.kind === 'error') break;
    tried.push(name);
    const items = number(object(inner.body['pagination'])['items']) ?? 0;
    if (items > 0) {
      return {
        emptied_by: name,
        without_it: items,
        next_step: `Search again without ${name}: that finds ${items}.`,
      };
    }
  }
  if (tried.length === 0) return { next_step: 'Nothing fits: check the spelling, or search with q alone.' };
  const names = tried.join(', ');
  return { next_step: `Nothing is found without ${names} either, one at a time: search with q alone.` };
}
