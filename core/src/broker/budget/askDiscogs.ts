/** One search call to Discogs, signed for the user who asked. Never sent twice. */

import type { FetchedAnswer, Fetcher, FetchFailure } from '../../discogs/fetcher.ts';
import { type Signing, signedAuthorization, type TokenPair } from '../../discogs/oauth/authorization.ts';
import { retryAfterSeconds } from '../../discogs/retry.ts';
import type { Log } from '../../lib/log.ts';
import { type Acquired, asSettled, type Settled } from '../../signIn/acquire.ts';
import { ATTEMPT_MS } from '../../upstream/send.ts';
import type { SearchAnswered, SearchParameters } from '../search/index.ts';
import type { SearchReply } from '../searchPort.ts';
import { refusalOf } from './refusal.ts';

/** What a call may come to beside an answer. */
export type AskFailure = Extract<
  SearchReply,
  { readonly kind: 'unauthorized_grant' | 'rate_limited' | 'unavailable' }
>;

/** Dependencies and settings. */
export interface AskDependencies extends Signing {
  /** Sends to the API at `apiBaseUrl`. */
  readonly fetcher: Fetcher;
  /** Signed with HMAC-SHA1, so it must be the address that Discogs sees. */
  readonly apiBaseUrl: string;
  readonly userAgent: string;
  readonly log: Log;
}

/** Fifteen rows are a few kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

function understand(result: FetchedAnswer | FetchFailure, now: number): SearchAnswered | AskFailure {
  const { status, header } = result;
  if (status === 429) {
    return {
      kind: 'rate_limited',
      retryAfterSeconds: retryAfterSeconds(header?.('retry-after'), now) ?? null,
    };
  }
  if (refusalOf(result) === 'grant') return { kind: 'unauthorized_grant' };
  if (result.kind === 'failure') {
    const isGarbled = result.cause === 'encoding' && (status === undefined || status < 300);
    return { kind: 'unavailable', reason: isGarbled ? 'invalid' : 'failed' };
  }
  if (result.status < 200 || result.status > 299) return { kind: 'unavailable', reason: 'failed' };
  return { kind: 'answered', body: result.body };
}

/**
 * Sends one call before `deadline` and hands what came back to `settle`, whatever that was.
 * @see https://www.discogs.com/developers#page:database,header:database-search
 */
export async function askDiscogs(
  dependencies: AskDependencies,
  access: TokenPair,
  parameters: SearchParameters,
  deadline: number,
  settle: Extract<Acquired, { readonly kind: 'granted' }>['settle'],
): Promise<SearchAnswered | AskFailure> {
  const { fetcher, apiBaseUrl, userAgent, now, log } = dependencies;
  const query = new URLSearchParams(parameters.map(([name, value]) => [name, value]));
  const pathAndQuery = `/database/search?${query}`;
  let result: FetchedAnswer | FetchFailure | undefined;
  let settled: Settled;
  try {
    const url = apiBaseUrl.replace(/\/$/, '') + pathAndQuery;
    const authorization = await signedAuthorization(dependencies, { method: 'GET', url, token: access });
    const timeoutMs = Math.min(ATTEMPT_MS, deadline - now());
    if (timeoutMs <= 0) return { kind: 'unavailable', reason: 'failed' };
    const headers = { 'user-agent': userAgent, authorization };
    const limits = { timeoutMs, maxBytes: MAX_ANSWER_BYTES };
    result = await fetcher({ method: 'GET', pathAndQuery, headers, body: undefined }, limits);
    if (refusalOf(result) === 'broker') {
      log.error(
        `Discogs refuses this broker, not its user (${result.status}): check consumer key and secret`,
      );
    }
  } finally {
    settled = await settle(result);
  }
  return asSettled(understand(result, now()), settled);
}
