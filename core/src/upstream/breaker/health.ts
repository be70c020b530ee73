/** What the outcome of a call says about Discogs' health, as a breaker counts it. */
import { match } from '../../catalog/match.ts';
import { isInteger } from '../../catalog/parameters.ts';
import type { FetchedAnswer, FetchFailure } from '../../discogs/fetcher.ts';
import type { DiscogsRequest } from '../../discogs/request.ts';
import { isEdgeRefusal } from '../../discogs/responseOutcome.ts';

export type Health =
  /** Discogs answered, be it with a 4xx for what the caller wants. */
  | 'worked'
  /** No answer in time, a broken one, or a 5xx. What a caller asked for may be the cause. */
  | 'failed'
  /** No connection could be made. Nothing that a caller sends can be the cause. */
  | 'unreachable'
  /** Its edge refused the request, perhaps for a text in it. */
  | 'inconclusive';

/** True where nothing in the request is of the caller's choice but numbers: no query, no body, no text in the path. */
function isPlain({ method, pathAndQuery, body }: DiscogsRequest): boolean {
  if (body !== undefined || pathAndQuery.includes('?')) return false;
  const found = match(method, pathAndQuery);
  return found.kind === 'operation' && Object.values(found.operation.pathParameters).every(isInteger);
}

/** `result` is undefined where a bug ended the call. */
export function healthOf(request: DiscogsRequest, result: FetchedAnswer | FetchFailure | undefined): Health {
  if (result === undefined) return 'failed';
  if (result.kind === 'failure') {
    if (result.isUnreachable) return 'unreachable';
    // Its body was too large, say; a 5xx is one all the same.
    if ((result.status ?? 0) >= 500) return 'failed';
    return result.cause === 'timeout' || result.cause === 'transport' ? 'failed' : 'worked';
  }
  if (result.status >= 500) return 'failed';
  if (!isEdgeRefusal(result)) return 'worked';
  // A refused address or User-Agent refuses plain requests, too.
  return isPlain(request) ? 'failed' : 'inconclusive';
}
