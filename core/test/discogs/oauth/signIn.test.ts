import type { Acquired, FetchedAnswer, Fetcher, FetchFailure } from '@discogs-agent/core';
import { createDiscogsSignIn, type SignInDependencies, type SignInFailure } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { answer, fakeFetcher, timeout } from '../../support/fakes.ts';

const NOW_MS = Date.parse('2026-11-21T10:00:00Z');
const DEADLINE = NOW_MS + 25_000;
const TOKENS = answer(200, 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true');
const PAIR = { token: 'rt', secret: 'rs' };
const broken = (cause: FetchFailure['cause'], status?: number): FetchFailure => ({
  ...{ kind: 'failure', cause, name: 'ReadError', detail: '' },
  ...(status === undefined ? {} : { status, header: () => undefined }),
});

function signIn(fetcher: Fetcher, overrides: Partial<SignInDependencies> = {}) {
  const settled: (FetchedAnswer | FetchFailure | undefined)[] = [];
  const admitted: [string, number][] = [];
  const calls = createDiscogsSignIn({
    fetcher,
    acquire: async (priority, deadline): Promise<Acquired> => {
      admitted.push([priority, deadline]);
      return { kind: 'granted', settle: (result) => void settled.push(result) };
    },
    consumer: { key: 'ck', secret: 'cs' },
    signatureMethod: 'PLAINTEXT',
    now: () => NOW_MS,
    random: (bytes) => new Uint8Array(bytes).fill(0xab),
    apiBaseUrl: 'https://api.discogs.example/',
    webBaseUrl: 'https://www.discogs.example/',
    userAgent: 'Test/1.0',
    ...overrides,
  });
  return { calls, settled, admitted };
}

const COMMON =
  'oauth_consumer_key="ck", oauth_nonce="abababababababababababababababab", ' +
  'oauth_signature_method="PLAINTEXT", oauth_timestamp="1795255200", ';

describe('a call of the sign-in', () => {
  it('asks for a request token as Discogs documents it', async () => {
    const fetcher = fakeFetcher(TOKENS);
    const { calls } = signIn(fetcher);
    const callback = 'https://b.example/callback?device_id=1&x=y z';
    expect(await calls.requestToken(callback, DEADLINE)).toEqual({ ok: true, value: PAIR });
    expect(fetcher.requests).toEqual([
      {
        method: 'GET',
        pathAndQuery: '/oauth/request_token',
        headers: {
          'user-agent': 'Test/1.0',
          'content-type': 'application/x-www-form-urlencoded',
          authorization:
            'OAuth oauth_callback="https%3A%2F%2Fb.example%2Fcallback%3Fdevice_id%3D1%26x%3Dy%20z", ' +
            `${COMMON}oauth_version="1.0", oauth_signature="cs%26"`,
        },
        body: undefined,
      },
    ]);
  });

  it('exchanges a verifier for an access token', async () => {
    const fetcher = fakeFetcher(answer(200, 'oauth_token=at&oauth_token_secret=a%2Bs'));
    const { calls } = signIn(fetcher);
    expect(await calls.accessToken(PAIR, 'vv', DEADLINE)).toEqual({
      ok: true,
      value: { token: 'at', secret: 'a+s' },
    });
    expect(fetcher.requests[0]).toMatchObject({ method: 'POST', pathAndQuery: '/oauth/access_token' });
    expect(fetcher.requests[0]?.headers['authorization']).toBe(
      `OAuth ${COMMON}oauth_token="rt", oauth_verifier="vv", oauth_version="1.0", oauth_signature="cs%26rs"`,
    );
  });

  it.each([
    [
      { id: 7, username: 'digger', resource_url: 'x' },
      { id: 7, username: 'digger' },
    ],
    [{ username: 'digger' }, { id: null, username: 'digger' }],
    [
      { id: '7', username: null },
      { id: null, username: null },
    ],
  ])('reads the identity %j', async (body, value) => {
    const fetcher = fakeFetcher(answer(200, body));
    expect(await signIn(fetcher).calls.identity(PAIR, DEADLINE)).toEqual({ ok: true, value });
    expect(fetcher.requests[0]).toMatchObject({ method: 'GET', pathAndQuery: '/oauth/identity' });
  });

  it('names the page of consent', () => {
    const { calls } = signIn(fakeFetcher(TOKENS));
    expect(calls.authorizeUrl('a b&c')).toBe(
      'https://www.discogs.example/oauth/authorize?oauth_token=a%20b%26c',
    );
  });

  it('passes the limiter in the priority of sign-ins and tells it what came of it', async () => {
    const { calls, admitted, settled } = signIn(fakeFetcher(TOKENS));
    await calls.requestToken('oob', DEADLINE);
    expect(admitted).toEqual([['sign_in', DEADLINE]]);
    expect(settled).toEqual([TOKENS]);
  });

  it('sends nothing when the limiter says no', async () => {
    const fetcher = fakeFetcher(TOKENS);
    const failure = { kind: 'busy', retryAfterSeconds: 21 } as const;
    const { calls } = signIn(fetcher, { acquire: async () => ({ kind: 'refused', failure }) });
    expect(await calls.accessToken(PAIR, 'vv', DEADLINE)).toEqual({ ok: false, failure });
    expect(fetcher.requests).toEqual([]);
  });

  it('sends nothing after the deadline, and gives its slot back unused', async () => {
    const fetcher = fakeFetcher(TOKENS);
    const { calls, settled } = signIn(fetcher);
    expect(await calls.requestToken('oob', NOW_MS)).toEqual({ ok: false, failure: { kind: 'timeout' } });
    expect([fetcher.requests, settled]).toEqual([[], [undefined]]);
  });

  it('gives an attempt 10 seconds, and never more than the deadline leaves', async () => {
    const fetcher = fakeFetcher(TOKENS);
    const { calls } = signIn(fetcher);
    await calls.requestToken('oob', DEADLINE);
    await calls.requestToken('oob', NOW_MS + 1_500);
    expect(fetcher.timeouts).toEqual([10_000, 1_500]);
  });

  it.each<[string, FetchedAnswer | FetchFailure, SignInFailure]>([
    ['a timeout', timeout, { kind: 'timeout' }],
    ['a broken connection', broken('transport'), { kind: 'unreachable' }],
    ['an endless answer', broken('too_large', 200), { kind: 'unreachable' }],
    ['an answer for which there is no room', broken('overloaded', 200), { kind: 'unreachable' }],
    ['an answer that does not unpack', broken('encoding', 200), { kind: 'invalid' }],
    ['an endless refusal', broken('too_large', 503), { kind: 'refused', status: 503 }],
    ['a refusal', answer(401, 'Invalid consumer.'), { kind: 'refused', status: 401 }],
    ['a redirect', answer(302, ''), { kind: 'refused', status: 302 }],
    ['a page of the edge', answer(403, '<html>'), { kind: 'refused', status: 403 }],
    ['429', answer(429, ''), { kind: 'rate_limited', retryAfterSeconds: null }],
    [
      '429 with seconds',
      answer(429, '', { 'retry-after': '7' }),
      { kind: 'rate_limited', retryAfterSeconds: 7 },
    ],
    [
      '429 with a date',
      answer(429, '', { 'retry-after': 'Sat, 21 Nov 2026 10:00:09 GMT' }),
      { kind: 'rate_limited', retryAfterSeconds: 9 },
    ],
    ['200 without a body', answer(200, ''), { kind: 'invalid' }],
    ['200 without a secret', answer(200, 'oauth_token=t&oauth_token_secret='), { kind: 'invalid' }],
    ['200 with a page', answer(200, '<html>oauth_token</html>'), { kind: 'invalid' }],
  ])('asks once and says what failed: %s', async (_, result, failure) => {
    const fetcher = fakeFetcher(result);
    const { calls, settled } = signIn(fetcher);
    expect(await calls.accessToken(PAIR, 'vv', DEADLINE)).toEqual({ ok: false, failure });
    expect([fetcher.requests.length, settled]).toEqual([1, [result]]);
  });

  it.each([['not JSON'], ['[]'], ['null']])('takes %s for no identity', async (body) => {
    const { calls } = signIn(fakeFetcher(answer(200, body)));
    expect(await calls.identity(PAIR, DEADLINE)).toEqual({ ok: false, failure: { kind: 'invalid' } });
  });
});
