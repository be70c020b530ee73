/** One search: ask, read, choose. Caching, sharing and rate limiting are the caller's. */
import { match } from './match.ts';
import { type SearchPayload, toPayload } from './payload.ts';
import type { SearchQuery } from './query.ts';
import { parseSearchAnswer } from './searchAnswer.ts';
import { type SearchParameters, searchParameters, withoutAlbum } from './searchParameters.ts';

/** A good answer of Discogs: status 2xx, its whole body. */
export interface SearchAnswered {
  readonly kind: 'answered';
  readonly body: Uint8Array;
}

/** What one search needs. `Failure` is whatever else may come of asking; it is handed on untouched. */
export interface SearchPorts<Failure extends { readonly kind: string }> {
  /** Asks Discogs; `deadline` in milliseconds of the caller's clock. */
  readonly fetchSearch: (parameters: SearchParameters, deadline: number) => Promise<SearchAnswered | Failure>;
  /** Asks once more within the same search; undefined where that cannot be done, or Discogs did not answer. */
  readonly fetchAgain: (
    parameters: SearchParameters,
    deadline: number,
  ) => Promise<SearchAnswered | undefined>;
}

/** The outcome of a search that Discogs answered; `invalid_answer` is its answer that cannot be read or cached. */
export type SearchOutcome =
  | { readonly kind: 'payload'; readonly payload: SearchPayload }
  /** Something was left to ask: the next search for the same has to ask again. */
  | { readonly kind: 'provisional'; readonly payload: SearchPayload }
  | { readonly kind: 'invalid_answer' };

/** No record needs a fraction of it; larger ones would fill the cache. */
const MAX_PAYLOAD_BYTES = 64 * 1024;
const encoder = new TextEncoder();

const isAnswered = (reply: { readonly kind: string }): reply is SearchAnswered => reply.kind === 'answered';

/**
 * Searches Discogs for a track and says how sure the match is. A search with an album that finds nothing is repeated
 * without it: the album may be spelled in another way there. What was found is judged by the whole query all the same.
 */
export async function searchDiscogs<Failure extends { readonly kind: string }>(
  query: SearchQuery,
  { fetchSearch, fetchAgain }: SearchPorts<Failure>,
  deadline: number,
): Promise<SearchOutcome | Failure> {
  const parameters = searchParameters(query);
  const wider = withoutAlbum(parameters);
  const reply = await fetchSearch(parameters, deadline);
  if (!isAnswered(reply)) return reply;
  let hits = parseSearchAnswer(reply.body);
  let kind: 'payload' | 'provisional' = 'payload';
  if (hits?.length === 0 && wider.length < parameters.length) {
    const again = await fetchAgain(wider, deadline);
    const found = again && parseSearchAnswer(again.body);
    if (!found) kind = 'provisional';
    hits = found ?? hits;
  }
  if (!hits) return { kind: 'invalid_answer' };
  const payload = toPayload(match(query, hits));
  const size = encoder.encode(JSON.stringify(payload)).byteLength;
  return size > MAX_PAYLOAD_BYTES ? { kind: 'invalid_answer' } : { kind, payload };
}
