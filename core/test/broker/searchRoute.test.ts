import { describe, expect, it } from '@jest/globals';
import { CLIENT_TOKEN, harness } from './support/harness.ts';

const TOKEN = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
const NOT_FOUND = { error: 'not_found', message: 'device session not found' };
const NO_SESSION = { error: 'unauthorized', message: 'invalid or expired broker session' };
const NO_BEARER = { error: 'unauthorized', message: 'missing bearer session token' };
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

describe('search', () => {
  it.each([
    [undefined, NO_BEARER],
    ['', NO_BEARER],
    ['Bearer', NO_BEARER],
    ['Basic abc', NO_BEARER],
    ['Bearer abc', NO_SESSION],
  ])('refuses the authorization %j before it looks at the body', async (authorization, json) => {
    const headers = { ...TOKEN, ...(authorization === undefined ? {} : { authorization }) };
    const reply = await harness().ask('POST', '/v1/discogs/proxy/search', {
      headers,
      body: ' '.repeat(9000),
    });
    expect(reply).toMatchObject({ status: 401, headers: JSON_HEADERS, json });
  });

  it.each(['bearer   {}', 'BEARER\t{} and more'])('reads the authorization "%s"', async (form) => {
    const { ask, signedIn } = harness();
    const authorization = form.replace('{}', (await signedIn()).sessionToken);
    const reply = await ask('POST', '/v1/discogs/proxy/search', { headers: { authorization }, body: '{}' });
    expect(reply.status).toBe(200);
  });

  it.each([
    ['no json', 400, 'invalid_json', 'request body must be valid JSON'],
    ['null', 400, 'invalid_params', 'request body must be a JSON object'],
    [' '.repeat(8193), 413, 'payload_too_large', 'request body is too large'],
  ])('refuses the body %j', async (body, status, error, message) => {
    const { app, signedIn } = harness();
    expect(await app.search((await signedIn()).sessionToken, body)).toMatchObject({
      status,
      json: { error, message },
    });
  });

  it.each([
    [
      { kind: 'invalid_params', message: 'artist and title are required' },
      400,
      undefined,
      { error: 'invalid_params', message: 'artist and title are required' },
    ],
    [{ kind: 'unauthorized_grant' }, 401, undefined, NO_SESSION],
    [
      { kind: 'rate_limited', retryAfterSeconds: 7 },
      429,
      '7',
      {
        error: 'discogs_rate_limited',
        message: 'Discogs is rate limiting requests from this broker. Wait 7 seconds before retrying.',
        retry_after_seconds: 7,
      },
    ],
    [
      { kind: 'rate_limited', retryAfterSeconds: null },
      429,
      '60',
      {
        error: 'discogs_rate_limited',
        message: 'Discogs is rate limiting requests from this broker. Wait 60 seconds before retrying.',
        retry_after_seconds: 60,
      },
    ],
    [
      { kind: 'busy', retryAfterSeconds: 31 },
      503,
      '31',
      { error: 'broker_busy', message: 'The broker request queue is busy. Retry after 31 seconds.' },
    ],
    [
      { kind: 'unavailable', reason: 'failed' },
      502,
      undefined,
      { error: 'discogs_unavailable', message: 'discogs upstream request failed' },
    ],
    [
      { kind: 'unavailable', reason: 'invalid' },
      502,
      undefined,
      { error: 'discogs_unavailable', message: 'discogs upstream response was invalid' },
    ],
  ] as const)('passes on %j', async (result, status, retryAfter, json) => {
    const { app, results, signedIn } = harness();
    const { sessionToken } = await signedIn();
    results.push(result);
    const reply = await app.search(sessionToken);
    expect(reply).toMatchObject({ status, headers: JSON_HEADERS });
    expect(reply.json).toEqual(json);
    expect(reply.headers['retry-after']).toBe(retryAfter);
  });

  it('ends the session whose grant Discogs takes no more, and no other', async () => {
    const { app, results, signedIn, stores } = harness();
    const [gone, other] = [await signedIn(), await signedIn()];
    results.push({ kind: 'unauthorized_grant' });
    expect((await app.search(gone.sessionToken)).status).toBe(401);
    expect((await app.search(gone.sessionToken)).status).toBe(401);
    expect(await stores.sessions.get(gone.deviceId)).toBeNull();
    expect((await app.search(other.sessionToken)).status).toBe(200);
  });
});

describe('revoke', () => {
  it('signs out, however often it is asked', async () => {
    const { app, ask, signedIn, stores } = harness();
    const { sessionToken, ...pair } = await signedIn();
    for (const round of [1, 2]) {
      expect([round, await app.revoke(sessionToken)]).toMatchObject([
        round,
        { status: 200, headers: JSON_HEADERS, json: { status: 'revoked' } },
      ]);
    }
    expect(await stores.sessions.get(pair.deviceId)).toBeNull();
    expect((await app.search(sessionToken)).json).toEqual(NO_SESSION);
    expect((await app.finalize(pair)).json).toEqual(NOT_FOUND);
    expect((await ask('POST', '/v1/device/session/revoke')).json).toEqual(NO_BEARER);
  });
});
