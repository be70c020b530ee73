/** One search: ask, read, choose. Keeping, sharing and pacing are the gateway's. */
import { match } from './match.ts';
import { type SearchPayload, toPayload } from './payload.ts';
import type { SearchQuery } from './query.ts';
import { parseSearchAnswer } from './searchAnswer.ts';
import { type SearchParameters, searchParameters } from './searchParameters.ts';

/** A good answer of Discogs: status 2xx, its whole body. */
export interface SearchAnswered {
  readonly kind: 'answered';
  readonly body: Uint8Array;
}

/** What one search needs. `Failure` is whatever else may come of asking; it is handed on untouched. */
export interface SearchPorts<Failure extends { readonly kind: string }> {
  /** Asks Discogs; `deadline` in milliseconds of the caller's clock. */
  readonly fetchSearch: (parameters: SearchParameters, deadline: number) => Promise<SearchAnswered | Failure>;
}

/** The outcome of a search that Discogs answered; `invalid_answer` is its answer that cannot be read or kept. */
export type SearchOutcome =
  | { readonly kind: 'payload'; readonly payload: SearchPayload }
  | { readonly kind: 'invalid_answer' };

/** No record needs a fraction of it; larger ones would fill the cache. */
const MAX_PAYLOAD_BYTES = 64 * 1024;
const encoder = new TextEncoder();

const isAnswered = (reply: { readonly kind: string }): reply is SearchAnswered => reply.kind === 'answered';

/** Searches Discogs for a track and says how sure the match is. */
export async function searchDiscogs<Failure extends { readonly kind: string }>(
  query: SearchQuery,
  ports: SearchPorts<Failure>,
  deadline: number,
): Promise<SearchOutcome | Failure> {
  const reply = await ports.fetchSearch(searchParameters(query), deadline);
  if (!isAnswered(reply)) return reply;
  const hits = parseSearchAnswer(reply.body);
  if (!hits) return { kind: 'invalid_answer' };
  const payload = toPayload(match(query, hits));
  const size = encoder.encode(JSON.stringify(payload)).byteLength;
  return size > MAX_PAYLOAD_BYTES ? { kind: 'invalid_answer' } : { kind: 'payload', payload };
}
