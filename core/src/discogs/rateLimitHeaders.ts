/** What an answer of Discogs says about the window. */

import type { FetchedAnswer, FetchFailure } from './fetcher.ts';
import { headerNumber } from './headerNumber.ts';
import { retryAfterMs } from './retry.ts';

/** What an answer says about the window. */
export interface Observation {
  readonly limited: boolean;
  readonly limit: number | undefined;
  /** Calls in Discogs' window before this one: the numbers lag by one. */
  readonly used: number | undefined;
  readonly retryAfterMs: number | undefined;
}

/**
 * Reads the rate-limit headers. They describe the window before this call, and may be missing or nonsense. `Retry-After`
 * as a date is of the clock that wrote it, as `Date` is; `nowMs` stands in where that is missing.
 * @see https://www.discogs.com/developers#page:home,header:home-rate-limiting
 */
function observeHead(status: number, header: FetchedAnswer['header'], nowMs: number): Observation {
  const sentMs = Date.parse(header('date') ?? '');
  const limit = headerNumber(header('x-discogs-ratelimit'));
  const remaining = headerNumber(header('x-discogs-ratelimit-remaining'));
  const used = headerNumber(header('x-discogs-ratelimit-used'));
  const counted =
    limit !== undefined && remaining !== undefined && remaining <= limit ? limit - remaining : undefined;
  return {
    limited: status === 429,
    limit,
    used: used ?? counted,
    retryAfterMs: retryAfterMs(header('retry-after'), Number.isNaN(sentMs) ? nowMs : sentMs),
  };
}

/** What came of a call, as far as it says something about the window: its head does, whatever became of its body. */
export function observe(
  { status, header = () => undefined }: FetchedAnswer | FetchFailure,
  nowMs: number,
): Observation | undefined {
  return status === undefined ? undefined : observeHead(status, header, nowMs);
}
