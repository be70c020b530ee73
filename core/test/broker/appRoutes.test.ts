import { describe, expect, it } from '@jest/globals';
import { CLIENT_TOKEN, ENVIRONMENT, harness, pairQuery } from './support/harness.ts';

const TOKEN = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
const UNKNOWN = { deviceId: 'no-such-device', pendingToken: 'no-such-token' };
const PAIR_MISSING = { error: 'invalid_params', message: 'device_id and pending_token are required' };
const NOT_FOUND = { error: 'not_found', message: 'device session not found' };
const EXPIRED = { error: 'expired', message: 'device session expired; restart auth' };
const NOT_CONFIGURED = { error: 'service_unavailable', message: 'discogs auth is not configured' };
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

describe('an app', () => {
  it('signs its user in and searches', async () => {
    const { app, ask, clock, discogs, consentPage, approved, searched } = harness();
    const started = await ask('POST', '/v1/device/session/start', { headers: TOKEN });
    const { device_id, pending_token } = started.json ?? {};
    expect(started).toMatchObject({
      status: 200,
      headers: JSON_HEADERS,
      json: {
        device_id: expect.stringMatching(/^[0-9a-f]{40}$/),
        pending_token: expect.stringMatching(/^[0-9a-f]{48}$/),
        auth_url: `https://broker.example/v1/discogs/oauth/link?device_id=${device_id}&pending_token=${pending_token}`,
        poll_interval_seconds: 5,
        expires_at: clock.ms / 1000 + 900,
      },
    });
    const pair = await app.start();
    expect(await app.status(pair)).toMatchObject({
      status: 200,
      headers: JSON_HEADERS,
      json: { status: 'pending', expires_at: pair.expiresAt },
    });
    const requestToken = await consentPage(pair);
    expect(discogs.callbackUrls).toEqual([
      expect.stringMatching(
        `^https://broker\\.example/v1/discogs/oauth/callback\\?${pairQuery(pair)}&browser=[0-9a-f]{64}$`,
      ),
    ]);
    expect(await ask('GET', approved(pair, requestToken))).toMatchObject({ status: 200 });
    expect((await app.status(pair)).json).toEqual({ status: 'authorized', expires_at: pair.expiresAt });
    const { json } = await app.finalize(pair);
    expect(json).toEqual({
      session_token: expect.stringMatching(/^[0-9a-f]{96}$/),
      expires_at: clock.ms / 1000 + 2_592_000,
    });
    expect((await app.status(pair)).json).toEqual({ status: 'finalized', expires_at: pair.expiresAt });
    const found = await app.search(String(json?.['session_token']));
    expect(found).toMatchObject({
      status: 200,
      headers: JSON_HEADERS,
      json: { result: null, match_quality: 'none', cache_hit: false },
    });
    expect(searched).toEqual([
      {
        session: {
          deviceId: pair.deviceId,
          access: { token: 'access-token-2', secret: 'access-secret-2' },
        },
        body: { artist: 'a', title: 't', album: null },
      },
    ]);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/v1/device/session/start'],
    ['HEAD', '/v1/health'],
    ['OPTIONS', '/v1/discogs/proxy/search'],
    ['POST', '/v1/health/'],
    ['DELETE', '/v1/device/session/status'],
  ])('gets the 404 of the contract for %s %s', async (method, path) => {
    const reply = await harness().ask(method.toLowerCase(), path);
    expect(reply).toMatchObject({
      status: 404,
      headers: JSON_HEADERS,
      json: { error: 'not_found', message: `No route for ${method} ${path}` },
    });
    expect(Object.keys(reply.headers).sort()).toEqual(['cache-control', 'content-type']);
  });

  it('reaches the same routes behind the prefix of a host, which is in every address', async () => {
    const { ask, discogs } = harness({ routePrefix: '/api' });
    const { json } = await ask('POST', '/api/v1/device/session/start', { headers: TOKEN });
    expect(json?.['auth_url']).toMatch(/^https:\/\/broker\.example\/api\/v1\/discogs\/oauth\/link\?/);
    await ask('GET', String(json?.['auth_url']));
    expect(discogs.callbackUrls[0]).toMatch(
      /^https:\/\/broker\.example\/api\/v1\/discogs\/oauth\/callback\?/,
    );
  });

  it('is sent to the configured address, whatever address it used', async () => {
    const environment = { ...ENVIRONMENT, BROKER_PUBLIC_BASE_URL: 'https://public.example/x/' };
    const { authUrl } = await harness({ environment }).app.start();
    expect(authUrl).toMatch(/^https:\/\/public\.example\/x\/v1\/discogs\/oauth\/link\?/);
  });
});

describe('the client token', () => {
  const ROUTES = [
    ['POST', '/v1/device/session/start'],
    ['GET', '/v1/device/session/status'],
    ['POST', '/v1/device/session/finalize'],
  ] as const;
  const mismatch = { error: 'unauthorized', message: 'invalid broker client token' };
  const required = {
    error: 'unauthorized',
    message:
      'broker client token is required; set BROKER_CLIENT_TOKEN or ALLOW_UNAUTHENTICATED_BROKER=true for local development',
  };
  const without = (token: string, more = {}) => ({ ...ENVIRONMENT, BROKER_CLIENT_TOKEN: token, ...more });
  const CASES = [
    ['is missing', ENVIRONMENT, {}, mismatch],
    ['is wrong', ENVIRONMENT, { 'x-reklawdbox-broker-token': 'client-tokem' }, mismatch],
    ['begins like the right one', ENVIRONMENT, { 'x-reklawdbox-broker-token': 'client' }, mismatch],
    ['is the right one and more', ENVIRONMENT, { 'x-reklawdbox-broker-token': 'client-token2' }, mismatch],
    ['is not configured', without(' '), TOKEN, required],
    [
      'is not configured, and the override is no "true"',
      without('', { ALLOW_UNAUTHENTICATED_BROKER: '1' }),
      {},
      required,
    ],
    ['is only a comma', without(','), { 'x-reklawdbox-broker-token': '' }, required],
  ] as const;
  it.each(ROUTES.flatMap((route) => CASES.map((example) => [...route, ...example] as const)))(
    'refuses %s %s when it %s, before anything else',
    async (method, path, _, environment, headers, json) => {
      const reply = await harness({ environment }).ask(method, path, { headers, body: 'no json' });
      expect(reply).toMatchObject({ status: 401, headers: JSON_HEADERS, json });
    },
  );

  it.each([
    ['with spaces around it', ENVIRONMENT, { 'x-reklawdbox-broker-token': ` ${CLIENT_TOKEN} ` }],
    ['the old one during a rotation', without('new, client-token'), TOKEN],
    ['the new one during a rotation', without('client-token,old'), TOKEN],
    ['none where the override is on', without('', { ALLOW_UNAUTHENTICATED_BROKER: ' TRUE ' }), {}],
    ['a wrong one where the override is on', without('x', { ALLOW_UNAUTHENTICATED_BROKER: 'true' }), TOKEN],
  ])('accepts %s', async (_, environment, headers) => {
    expect((await harness({ environment }).ask('POST', '/v1/device/session/start', { headers })).status).toBe(
      200,
    );
  });
});

describe('what Discogs needs, unset,', () => {
  const CASES = [
    { DISCOGS_CONSUMER_KEY: ' ' },
    { DISCOGS_CONSUMER_SECRET: '' },
    { BROKER_PUBLIC_BASE_URL: 'not an address' },
  ];
  const ROUTES = [
    ['POST', '/v1/device/session/start'],
    ['GET', '/v1/discogs/oauth/link'],
    ['GET', '/v1/discogs/oauth/callback'],
    ['POST', '/v1/discogs/proxy/search'],
  ] as const;
  it.each(CASES.flatMap((change) => ROUTES.map(([method, path]) => [change, method, path] as const)))(
    'is answered without naming it: %j, %s %s',
    async (change, method, path) => {
      const { ask, log } = harness({ environment: { ...ENVIRONMENT, ...change } });
      const reply = await ask(method, path, { headers: TOKEN });
      expect(reply).toMatchObject({ status: 503, json: NOT_CONFIGURED });
      expect(log.lines).toEqual([
        { level: 'error', line: expect.stringMatching(`^${Object.keys(change)} must be `) },
      ]);
    },
  );

  it('leaves signing out possible, and status unknown', async () => {
    const { app } = harness({ environment: { BROKER_CLIENT_TOKEN: CLIENT_TOKEN } });
    expect((await app.revoke('x')).status).toBe(200);
    expect((await app.status(UNKNOWN)).json).toEqual(NOT_FOUND);
  });
});

describe('status', () => {
  it.each(['', '?device_id=a', '?pending_token=a', '?device_id=%20&pending_token=b'])(
    'wants both: "%s"',
    async (query) => {
      const reply = await harness().ask('GET', `/v1/device/session/status${query}`, { headers: TOKEN });
      expect(reply).toMatchObject({ status: 400, json: PAIR_MISSING });
    },
  );

  it('knows no strangers, and no wrong token of a known device', async () => {
    const { app, signedIn } = harness();
    expect(await app.status(UNKNOWN)).toMatchObject({ status: 404, json: NOT_FOUND });
    const { deviceId } = await app.start();
    const other = await signedIn();
    expect((await app.status({ deviceId, pendingToken: 'x' })).json).toEqual(NOT_FOUND);
    expect((await app.status({ deviceId: other.deviceId, pendingToken: 'x' })).json).toEqual(NOT_FOUND);
  });

  it('says expired when the time is over, and finalized for ever', async () => {
    const { app, authorized, signedIn, passSeconds } = harness();
    const [pending, waiting, done] = [await app.start(), await authorized(), await signedIn()];
    passSeconds(900);
    for (const pair of [pending, waiting]) {
      expect(await app.status(pair)).toMatchObject({
        status: 200,
        json: { status: 'expired', expires_at: pair.expiresAt },
      });
    }
    expect((await app.status(done)).json?.['status']).toBe('finalized');
    expect((await app.search(done.sessionToken)).status).toBe(200);
  });
});

describe('finalize', () => {
  it.each([
    ['', 400, { error: 'invalid_json', message: 'request body must be valid JSON' }],
    ['{', 400, { error: 'invalid_json', message: 'request body must be valid JSON' }],
    [
      new Uint8Array([0x22, 0xff, 0x22]),
      400,
      { error: 'invalid_json', message: 'request body must be valid JSON' },
    ],
    ['null', 400, { error: 'invalid_params', message: 'request body must be a JSON object' }],
    ['[]', 400, { error: 'invalid_params', message: 'request body must be a JSON object' }],
    ['7', 400, { error: 'invalid_params', message: 'request body must be a JSON object' }],
    ['{}', 400, PAIR_MISSING],
    ['{"device_id":"a"}', 400, PAIR_MISSING],
    ['{"device_id":null,"pending_token":"b"}', 400, PAIR_MISSING],
    ['{"device_id":"a","pending_token":"  "}', 400, PAIR_MISSING],
    [
      '{"device_id":"a","pending_token":5}',
      400,
      { error: 'invalid_params', message: 'pending_token must be a string' },
    ],
    [
      '{"device_id":{},"pending_token":"b"}',
      400,
      { error: 'invalid_params', message: 'device_id must be a string' },
    ],
    [
      `{"device_id":"${'a'.repeat(257)}","pending_token":"b"}`,
      400,
      { error: 'invalid_params', message: 'device_id is too long' },
    ],
    [' '.repeat(8193), 413, { error: 'payload_too_large', message: 'request body is too large' }],
    ['{"device_id":"a","pending_token":"b","more":1}', 404, NOT_FOUND],
  ])('answers the body %j', async (body, status, json) => {
    const reply = await harness().ask('POST', '/v1/device/session/finalize', { headers: TOKEN, body });
    expect(reply).toMatchObject({ status, headers: JSON_HEADERS, json });
  });

  it('believes a declared length', async () => {
    const headers = { ...TOKEN, 'content-length': '8193' };
    expect((await harness().ask('POST', '/v1/device/session/finalize', { headers, body: '{}' })).status).toBe(
      413,
    );
  });

  it('waits for the consent', async () => {
    const { app } = harness();
    expect(await app.finalize(await app.start())).toMatchObject({
      status: 409,
      json: { error: 'not_ready', message: 'device session is not authorized yet', status: 'pending' },
    });
  });

  it('comes too late after the time is over, with or without consent', async () => {
    const { app, authorized, passSeconds } = harness();
    const pairs = [await app.start(), await authorized()];
    passSeconds(900);
    for (const pair of pairs) expect(await app.finalize(pair)).toMatchObject({ status: 410, json: EXPIRED });
    for (const pair of pairs) expect((await app.status(pair)).json?.['status']).toBe('expired');
  });

  it('says so when the row has no credential, or a finalized one was made by a revision without replay', async () => {
    const { app, stores, clock } = harness();
    const now = clock.ms / 1000;
    const row = {
      pendingToken: 'p',
      pollIntervalSeconds: 5,
      createdAt: now,
      updatedAt: now,
      expiresAt: now + 900,
      authorizedAt: now,
      accessToken: null,
      sealedSecret: null,
      identity: null,
      linkedBy: null,
      sessionTokenHash: null,
      sessionExpiresAt: null,
      finalizedAt: null,
    };
    await stores.sessions.insert({ ...row, deviceId: 'bare', status: 'authorized' });
    await stores.sessions.insert({
      ...row,
      deviceId: 'old',
      status: 'finalized',
      expiresAt: now - 1,
      accessToken: 'token',
      sealedSecret: 'plaintext secret',
      sessionTokenHash: '0'.repeat(64),
      sessionExpiresAt: now + 1000,
    });
    expect(await app.finalize({ deviceId: 'bare', pendingToken: 'p' })).toMatchObject({
      status: 409,
      json: { error: 'not_ready', message: 'discogs token exchange has not completed' },
    });
    expect(await app.finalize({ deviceId: 'old', pendingToken: 'p' })).toMatchObject({
      status: 409,
      json: { error: 'already_finalized', message: 'device session has already been finalized' },
    });
    expect((await app.status({ deviceId: 'old', pendingToken: 'p' })).json?.['status']).toBe('finalized');
  });
});

describe('the broker', () => {
  it('hides what went wrong inside', async () => {
    const { app, stores, log } = harness();
    Object.assign(stores.sessions, { get: () => Promise.reject(new Error(`no row ${'a1'.repeat(24)}`)) });
    expect(await app.status(UNKNOWN)).toMatchObject({
      status: 500,
      json: { error: 'internal_error', message: 'internal server error' },
    });
    expect(log.lines).toEqual([{ level: 'error', line: 'Unexpected broker error: Error: no row ***' }]);
  });

  it('answers by its deadline, whoever does not', async () => {
    const { app, stores } = harness({ deadlineMs: 20 });
    Object.assign(stores.sessions, { get: () => new Promise(() => {}) });
    expect(await app.status(UNKNOWN)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      json: { error: 'service_unavailable', message: 'the broker took too long' },
    });
  });
});
