/** A request to the upstream layer, from whichever door, and what comes of it. */
import type { Operation } from '../catalog/operation.ts';
import type { CheckedInput, DiscogsRequest } from '../discogs/request.ts';
import type { Deadline } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import type { CachedAnswer } from './cache/answerCache.ts';
import type { ReadyOutcome } from './cache/readAnswer.ts';
import type { WindowView } from './ratelimit/limiterTypes.ts';
import type { Sent } from './send.ts';

/** What is requested, and by whom. */
export interface UpstreamRequest {
  readonly operation: Operation;
  readonly input: CheckedInput;
  /** What is sent where no cache has the answer. */
  readonly outgoing: DiscogsRequest;
  /** Label of the caller's key. */
  readonly key: string;
  readonly conversation: string;
  /** A digest of the Discogs credential; empty for anonymous requests. */
  readonly credential: string;
  /** The caller insists on a fresh answer, inside the rate limit. */
  readonly noCache: boolean;
  readonly deadline: Deadline;
  readonly log: Log;
  /** Called when a background refresh that this request started has ended. */
  readonly onRefreshed?: ((refreshed: Refreshed) => void) | undefined;
}

/** An answer from outside this process: from Discogs, or from the shared cache. */
export interface FetchResult extends Sent {
  /** False where an older answer is better than this one. */
  readonly isGood: boolean;
  /** What the result means, ready to be shown. */
  readonly outcome: ReadyOutcome;
  /** Present when the shared cache had it: another instance has asked Discogs. */
  readonly cached?: CachedAnswer | undefined;
}

/** The result of a background refresh, and the window after it. */
export interface Refreshed extends FetchResult {
  readonly elapsedMs: number;
  readonly window: WindowView;
}

/** How the cache took part; the words of the header `X-Cache`. */
export type CacheOutcome = 'hit' | 'stale' | 'coalesced' | 'miss';

/** What the caller is shown. */
export interface UpstreamResult extends Sent {
  readonly outcome: ReadyOutcome;
  readonly cache: CacheOutcome;
  /** Seconds since Discogs sent it; 0 for an answer that has just arrived. */
  readonly ageSeconds: number;
}
