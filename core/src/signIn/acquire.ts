/** What a call to Discogs asks of whoever shares out the calls: may it go now, and what came of it. */
import type { FetchedAnswer, FetchFailure } from '../discogs/fetcher.ts';

/** A sign-in has a person waiting in front of a browser; a search usually has a program. */
export type AcquirePriority = 'sign_in' | 'search';

/** Why a call may not go. */
export type NotAcquired =
  /** Discogs has said 429 and the pause is not over. */
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | null }
  /** No slot in time. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** `settle` is called once for every call admitted: with what came back, or with nothing when it was not sent. */
export type Acquired =
  | {
      readonly kind: 'granted';
      readonly settle: (result: FetchedAnswer | FetchFailure | undefined) => Promise<Settled> | Settled;
    }
  | { readonly kind: 'refused'; readonly failure: NotAcquired };

/** After a 429: seconds until the same caller can be admitted again, where that is known. */
export type Settled = number | undefined;

/** `failure` with the time that is known here instead of the one that Discogs stated, which may be shorter. */
export const asSettled = <F extends { readonly kind: string }>(failure: F, settled: Settled): F =>
  settled !== undefined && failure.kind === 'rate_limited'
    ? { ...failure, retryAfterSeconds: settled }
    : failure;

/** Waits for a slot, never past `deadline` (milliseconds since the epoch). */
export type Acquire = (priority: AcquirePriority, deadline: number) => Promise<Acquired>;
