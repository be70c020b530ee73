/** Whom Discogs refuses when it refuses a signed call: the user, or this broker. Pure. */
import type { FetchedAnswer, FetchFailure } from '../../discogs/fetcher.ts';
import { isEdgeRefusal } from '../../discogs/responseOutcome.ts';

/** `grant`: the access token. `broker`: consumer, signature, clock, or the address that it calls from. */
export type Refusal = 'grant' | 'broker';

/**
 * Discogs' texts for a consumer, a signature or a time that it does not take. `Invalid consumer token` is none of them:
 * that is what it says of a user's token.
 */
const BLAMES_BROKER = /\bconsumer(?! token)|\boauth_|\bsignature\b|\btimestamp\b|\bnonce\b/i;
/** These texts are one line. */
const LOOKED_AT_BYTES = 1024;
const decoder = new TextDecoder();

/**
 * Undefined for what is no refusal (401 or 403). Ending every user's session for a mistake of the owner's would outlast
 * the mistake, so whatever points at the broker does not count against a user.
 */
export function refusalOf(result: FetchedAnswer | FetchFailure): Refusal | undefined {
  if (result.status !== 401 && result.status !== 403) return undefined;
  if (result.kind === 'failure') return result.status === 401 ? 'grant' : 'broker';
  // A page of Discogs' edge says something about this address.
  if (isEdgeRefusal(result)) return 'broker';
  return BLAMES_BROKER.test(decoder.decode(result.body.subarray(0, LOOKED_AT_BYTES))) ? 'broker' : 'grant';
}
