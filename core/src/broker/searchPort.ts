/** What the search route asks of whoever searches: matching, cache, budget and Discogs are behind it. */
import type { TokenPair } from '../signIn/discogsSignIn.ts';

/** Whose search it is. */
export interface SearchSession {
  /** Tells sessions apart, for fairness. No secret. */
  readonly deviceId: string;
  readonly access: TokenPair;
}

/** The members of the body that mean something, unchecked; undefined where absent. */
export interface RawSearch {
  readonly artist: unknown;
  readonly title: unknown;
  readonly album: unknown;
}

/** How a search ended. Retry times are in seconds, null where Discogs does not say. */
export type SearchReply =
  /** The JSON to send: `result`, `match_quality`, `cache_hit`. */
  | { readonly kind: 'found'; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly kind: 'invalid_params'; readonly message: string }
  /** Discogs takes this access token no more: the session ends, and its client signs in again. */
  | { readonly kind: 'unauthorized_grant' }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  /** Discogs did not answer, or not with what was asked for. */
  | { readonly kind: 'unavailable'; readonly reason: 'failed' | 'invalid' };

/** Searches for a session that the route has let in. */
export interface SearchPort {
  /** Never rejects but for bugs. `deadline` is the time in ms, by the broker's clock, by which it must have ended. */
  search(session: SearchSession, body: RawSearch, deadline: number): Promise<SearchReply>;
}
