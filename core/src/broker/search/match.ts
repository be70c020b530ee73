/** Chooses the record to show for a query. Pure. */
import { evidenceOf } from './evidence.ts';
import type { SearchQuery } from './query.ts';
import { scores } from './score.ts';
import type { SearchHit } from './searchAnswer.ts';
import { parseWanted } from './wanted.ts';

/** `exact`: the hit itself shows this artist with this track. `fuzzy`: Discogs found it, but the hit proves less. */
export type Match =
  | { readonly quality: 'exact' | 'fuzzy'; readonly hit: SearchHit }
  | { readonly quality: 'none' };

function best(hits: readonly SearchHit[]): SearchHit | undefined {
  const points = scores(hits);
  return hits[points.indexOf(Math.max(...points))];
}

/** The best of the hits; of equals, the earlier. */
export function match(query: SearchQuery, hits: readonly SearchHit[]): Match {
  const wanted = parseWanted(query);
  const judged = hits.map((hit) => ({ hit, ...evidenceOf(wanted, hit.title) }));
  const exact = judged.filter((one) => one.exact);
  const highest = Math.max(...judged.map(({ rank }) => rank));
  const closest = exact.length > 0 ? exact : judged.filter(({ rank }) => rank === highest);
  const hit = best(closest.map((one) => one.hit));
  if (!hit) return { quality: 'none' };
  // Several artists of one name have such a record, and nothing tells whose is meant.
  const oneArtist = new Set(exact.map(({ number }) => number)).size === 1;
  return { quality: oneArtist ? 'exact' : 'fuzzy', hit };
}
