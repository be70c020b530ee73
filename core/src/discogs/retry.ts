/** When a read is sent a second time, and how long that waits. Pure decisions. */
import type { FetchedAnswer, FetchFailure } from './fetcher.ts';
import { headerNumber } from './headerNumber.ts';

/** The original's limit: one retry. */
export const MAX_ATTEMPTS = 2;
const BACKOFF_MS = 250;
/** Spreads callers that failed together. */
const JITTER_SHARE = 0.2;

/** Statuses of an overloaded or restarting upstream; other answers stay the same when asked again. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Discogs' windows are minutes: nobody waits longer because of a header, and no caller is told to. */
export const LONGEST_WAIT_SECONDS = 3600;

/**
 * Milliseconds of a `Retry-After` header, an hour at most: seconds or an HTTP date; undefined when absent or not
 * understood.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = headerNumber(value);
  const date = /^\s*[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  const ms = seconds === undefined ? date - nowMs : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), LONGEST_WAIT_SECONDS * 1000);
}

/** The same in whole seconds, as it is told to callers: never as Discogs wrote it. */
export function retryAfterSeconds(value: string | undefined, nowMs: number): number | undefined {
  const ms = retryAfterMs(value, nowMs);
  return ms === undefined ? undefined : Math.ceil(ms / 1000);
}

/** How a request is sent again. */
export interface Retry {
  readonly waitMs: number;
  /** For the log. */
  readonly errorType: string;
}

/**
 * Decides about a result of attempt number `attempt` (from 1); undefined for no retry. `random` is in [0, 1).
 */
export function decideRetry(
  result: FetchedAnswer | FetchFailure,
  attempt: number,
  nowMs: number,
  random: number,
): Retry | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const backoffMs = BACKOFF_MS * attempt * (1 + JITTER_SHARE * (2 * random - 1));
  if (result.kind === 'failure') {
    const transient = result.cause === 'timeout' || result.cause === 'transport';
    return transient ? { waitMs: backoffMs, errorType: result.name } : undefined;
  }
  const askedMs = retryAfterMs(result.header('retry-after'), nowMs);
  const errorType = `Http${result.status}`;
  // The limiter holds the repeat back until the pause that a 429 begins is over, and lets a single call find out.
  if (result.status === 429) return { waitMs: askedMs ?? 0, errorType };
  // Discogs is known to send an empty body with 200 now and then; the next answer is whole.
  if (result.status === 200 && result.body.length === 0) {
    return { waitMs: backoffMs, errorType: 'EmptyBody' };
  }
  if (!TRANSIENT_STATUSES.has(result.status)) return undefined;
  return { waitMs: Math.max(askedMs ?? 0, backoffMs), errorType };
}
