/** The sign-in at Discogs: request token, access token, identity, each one signed call through the rateLimiter. */

import type { FetchedAnswer, Fetcher, FetchFailure } from '../discogs/fetcher.ts';
import { type Identity, readIdentity, readTokenPair } from '../discogs/oauth/answers.ts';
import {
  type SignedRequest,
  type Signing,
  signedAuthorization,
  type TokenPair,
} from '../discogs/oauth/authorization.ts';
import { percentEncode } from '../discogs/oauth/percentEncode.ts';
import { retryAfterMs } from '../discogs/retry.ts';
import { ATTEMPT_MS } from '../upstream/send.ts';
import { type Acquire, asSettled, type NotAcquired, type Settled } from './acquire.ts';

export type { TokenPair } from '../discogs/oauth/authorization.ts';

/** Why a call of the sign-in gave nothing. */
export type SignInFailure =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | null }
  /** Discogs answered another status than 2xx. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No connection, a broken one, or an answer too large to be one. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  /** A 2xx without what the call is for. */
  | { readonly kind: 'invalid' }
  /** No slot in time: nothing was sent. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

export type SignInResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SignInFailure };

/** Deadlines are milliseconds since the epoch. Nothing is sent after one, and every call settles by it. */
export interface DiscogsSignIn {
  /** Step 1. `callbackUrl` is where Discogs sends the browser, or `oob`. */
  requestToken(callbackUrl: string, deadline: number): Promise<SignInResult<TokenPair>>;
  /** Step 3. `verifier` is what Discogs gave the browser; it can be spent once. */
  accessToken(requestToken: TokenPair, verifier: string, deadline: number): Promise<SignInResult<TokenPair>>;
  /** Whose access token it is. */
  identity(access: TokenPair, deadline: number): Promise<SignInResult<Identity>>;
  /** Step 2: the page where the user consents. */
  authorizeUrl(requestToken: string): string;
}

/** Dependencies and settings. */
export interface SignInDependencies extends Signing {
  /** Sends to the API at `apiBaseUrl`. */
  readonly fetcher: Fetcher;
  /** Every call asks here first. */
  readonly acquire: Acquire;
  /** Signed with HMAC-SHA1, so it must be the address that Discogs sees. */
  readonly apiBaseUrl: string;
  readonly webBaseUrl: string;
  readonly userAgent: string;
}

/** Tokens and an identity are a few hundred bytes; the rest is room for error pages. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Discogs asks for it on both token calls, although their bodies are empty. */
const FORM = 'application/x-www-form-urlencoded';

/** Signing took all the time that was left. */
const TOO_LATE: FetchFailure = { kind: 'failure', cause: 'timeout', name: 'TimeoutException', detail: '' };

const failed = (failure: SignInFailure): SignInResult<never> => ({ ok: false, failure });
const withoutSlash = (url: string): string => url.replace(/\/$/, '');
const isGood = (status: number): boolean => status >= 200 && status < 300;

function failureOfStatus(status: number, header: FetchedAnswer['header'], nowMs: number): SignInFailure {
  if (status !== 429) return { kind: 'refused', status };
  const waitMs = retryAfterMs(header('retry-after'), nowMs);
  return { kind: 'rate_limited', retryAfterSeconds: waitMs === undefined ? null : Math.ceil(waitMs / 1000) };
}

function failureOfFetch(result: FetchFailure, nowMs: number): SignInFailure {
  const { cause, status, header } = result;
  // A refusal is one, whatever became of its body.
  if (status !== undefined && !isGood(status))
    return failureOfStatus(status, header ?? (() => undefined), nowMs);
  switch (cause) {
    case 'timeout':
      return { kind: 'timeout' };
    case 'transport':
    case 'too_large':
    case 'overloaded':
      return { kind: 'unreachable' };
    case 'encoding':
      return { kind: 'invalid' };
    default:
      return cause satisfies never;
  }
}

/**
 * Makes the sign-in. Nothing is ever sent twice: a verifier is spent by the first access-token call that arrives, even
 * if its answer is lost, and for the other two the person can load the page again.
 * @see https://www.discogs.com/developers#page:authentication,header:authentication-oauth-flow
 */
export function createDiscogsSignIn(dependencies: SignInDependencies): DiscogsSignIn {
  const { fetcher, acquire, now, userAgent } = dependencies;
  const apiBaseUrl = withoutSlash(dependencies.apiBaseUrl);
  const webBaseUrl = withoutSlash(dependencies.webBaseUrl);

  async function fetchSigned(
    pathAndQuery: string,
    request: Omit<SignedRequest, 'url'>,
    contentType: string | undefined,
    deadline: number,
  ): Promise<{ readonly result: FetchedAnswer | FetchFailure | NotAcquired; readonly settled?: Settled }> {
    const acquired = await acquire('sign_in', deadline);
    if (acquired.kind === 'refused') return { result: acquired.failure };
    let result: FetchedAnswer | FetchFailure | undefined;
    let settled: Settled;
    try {
      // Signed after the wait for a slot, so that the time in it is the time of sending.
      const authorization = await signedAuthorization(dependencies, {
        ...request,
        url: apiBaseUrl + pathAndQuery,
      });
      const headers = {
        'user-agent': userAgent,
        authorization,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      };
      const timeoutMs = Math.min(ATTEMPT_MS, deadline - now());
      if (timeoutMs <= 0) return { result: TOO_LATE };
      const { method } = request;
      const limits = { timeoutMs, maxBytes: MAX_ANSWER_BYTES };
      result = await fetcher({ method, pathAndQuery, headers, body: undefined }, limits);
    } finally {
      settled = await acquired.settle(result);
    }
    return { result, settled };
  }

  async function call<T>(
    read: (body: Uint8Array) => T | undefined,
    ...sent: Parameters<typeof fetchSigned>
  ): Promise<SignInResult<T>> {
    const { result, settled } = await fetchSigned(...sent);
    if (result.kind === 'failure') return failed(asSettled(failureOfFetch(result, now()), settled));
    if (result.kind !== 'answer') return failed(result);
    if (!isGood(result.status)) {
      return failed(asSettled(failureOfStatus(result.status, result.header, now()), settled));
    }
    const value = read(result.body);
    return value === undefined ? failed({ kind: 'invalid' }) : { ok: true, value };
  }

  return {
    requestToken: (callback, deadline) =>
      call(readTokenPair, '/oauth/request_token', { method: 'GET', callback }, FORM, deadline),
    accessToken: (token, verifier, deadline) =>
      call(readTokenPair, '/oauth/access_token', { method: 'POST', token, verifier }, FORM, deadline),
    identity: (token, deadline) =>
      call(readIdentity, '/oauth/identity', { method: 'GET', token }, undefined, deadline),
    authorizeUrl: (requestToken) =>
      `${webBaseUrl}/oauth/authorize?oauth_token=${percentEncode(requestToken)}`,
  };
}
