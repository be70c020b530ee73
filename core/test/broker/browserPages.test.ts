import { describe, expect, it } from '@jest/globals';
import { cookieJar } from '../support/cookieJar.ts';
import { harness, NAVIGATION, NOON, pairQuery } from './support/harness.ts';
import { CALLBACK, expectPage, nextLink } from './support/pages.ts';

describe('callback', () => {
  const PAIR = 'device_id=a&pending_token=b';
  const MISSING = 'Missing required callback parameters. Restart auth from your client.';

  it.each([
    ['', 400, 'Auth failed', MISSING],
    ['?oauth_token=c&oauth_verifier=d', 400, 'Auth failed', MISSING],
    [`?${PAIR}&oauth_verifier=d`, 400, 'Auth failed', MISSING],
    [`?${PAIR}&oauth_token=c&oauth_verifier=%20`, 400, 'Auth failed', MISSING],
    [`?${PAIR}&oauth_token=c&oauth_verifier=d`, 404, 'Auth failed', 'Device session not found.'],
  ])('answers "%s" with a page, to programs as well', async (query, status, title, message) => {
    const { ask } = harness();
    for (const headers of [{}, NAVIGATION]) {
      expectPage(await ask('GET', CALLBACK + query, { headers }), status, title, message);
    }
  });

  it('says who is linked, as text', async () => {
    const { app, ask, approved, consentPage, discogs, stores } = harness();
    discogs.username = '<b>"me"</b>';
    const pair = await app.start();
    const reply = await ask('GET', approved(pair, await consentPage(pair)), { headers: NAVIGATION });
    expectPage(reply, 200, 'Discogs linked', 'You can close this tab and return to your client.');
    expect(reply.text).toContain('Discogs account: &lt;b&gt;&quot;me&quot;&lt;/b&gt;');
    expect(await stores.sessions.get(pair.deviceId)).toMatchObject({
      status: 'authorized',
      identity: '<b>"me"</b>',
      authorizedAt: NOON / 1000,
    });
  });

  it('links without a name where Discogs does not tell one', async () => {
    const { app, ask, approved, consentPage, discogs, stores } = harness();
    discogs.failing.identity = { kind: 'timeout' };
    const pair = await app.start();
    const reply = await ask('GET', approved(pair, await consentPage(pair)));
    expectPage(reply, 200, 'Discogs linked', 'You can close this tab and return to your client.');
    expect(await stores.sessions.get(pair.deviceId)).toMatchObject({ status: 'authorized', identity: null });
  });

  it('takes each approval once', async () => {
    const { app, ask, approved, consentPage, discogs } = harness();
    const pair = await app.start();
    const address = approved(pair, await consentPage(pair));
    const replies = await Promise.all([1, 2, 3].map(() => ask('GET', address)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(discogs.calls.filter((call) => call === 'accessToken')).toHaveLength(1);
  });

  it('says linked again to the browser that linked, before and after finalize, and to no other', async () => {
    const { app, ask, approved, consentPage, discogs } = harness();
    const pair = await app.start();
    const address = approved(pair, await consentPage(pair));
    const first = await ask('GET', address);
    const elsewhere = { jar: cookieJar() };
    expect(await ask('GET', address)).toEqual(first);
    expectPage(
      await ask('GET', address, elsewhere),
      409,
      'Auth failed',
      'This device was linked before, in another browser. This sign-in was not used.',
    );
    await app.finalize(pair);
    expect(await ask('GET', address)).toEqual(first);
    expect(first.text).toContain('Discogs account: some_user');
    expectPage(await ask('GET', address, elsewhere), 404, 'Auth failed', 'Device session not found.');
    expect(discogs.calls.filter((call) => call === 'accessToken')).toHaveLength(1);
  });

  it('says that the link still works while it is not known what became of the approval', async () => {
    const { app, ask, approved, consentPage, stores, clock } = harness();
    const pair = await app.start();
    const token = await consentPage(pair);
    const address = approved(pair, token);
    await stores.requestTokens.claim(token, pair.deviceId, pair.pendingToken, clock.ms / 1000);
    const page = await ask('GET', address);
    expectPage(page, 400, 'Auth failed', 'OAuth request token was not found or expired. Restart auth.');
    expect(page.text).toContain('The link that your app showed still works: open it once more.');
    expect((await ask('GET', approved(pair, await consentPage(pair)))).status).toBe(200);
  });

  it.each(['other-token', ''])('knows no request token of another session, or "%s"', async (token) => {
    const { app, ask, approved, consentPage } = harness();
    const [mine, other] = [await app.start(), await app.start()];
    await consentPage(mine);
    const oauthToken = token || (await consentPage(other));
    expectPage(
      await ask('GET', approved(mine, oauthToken)),
      400,
      'Auth failed',
      'OAuth request token was not found or expired. Restart auth.',
    );
    expect((await app.status(mine)).json?.['status']).toBe('pending');
  });

  it('comes too late after the time is over', async () => {
    const { app, ask, approved, consentPage, passSeconds } = harness();
    const pair = await app.start();
    const address = approved(pair, await consentPage(pair));
    passSeconds(900);
    const message = 'The device session expired. Restart auth from your client.';
    expectPage(await ask('GET', address), 410, 'Auth expired', message);
    expect((await app.status(pair)).json?.['status']).toBe('expired');
  });

  it.each([
    [
      'the time ran out',
      (seconds: (by: number) => void) => seconds(900),
      410,
      'Auth expired',
      'The device session expired. Restart auth from your client.',
    ],
    ['the session was pruned', 'prune', 404, 'Auth failed', 'Device session not found.'],
  ] as const)(
    'does not say linked when %s during the exchange',
    async (_, meanwhile, status, title, message) => {
      const { app, ask, approved, stores, consentPage, discogs, passSeconds } = harness();
      const pair = await app.start();
      const address = approved(pair, await consentPage(pair));
      const { accessToken } = discogs;
      discogs.accessToken = async (...given) => {
        const result = await accessToken(...given);
        if (typeof meanwhile === 'function') meanwhile(passSeconds);
        else await stores.sessions.prune(Number.MAX_SAFE_INTEGER);
        return result;
      };
      expectPage(await ask('GET', address), status, title, message);
    },
  );

  it('explains a no, and ends the sign-in so that the app begins another one', async () => {
    const { app, ask, consentPage } = harness();
    const pair = await app.start();
    const requestToken = await consentPage(pair);
    const page = await ask('GET', `${CALLBACK}?${pairQuery(pair)}&denied=${requestToken}`, {
      headers: NAVIGATION,
    });
    const message = 'You denied the app access to your Discogs account. Nothing was linked.';
    expectPage(page, 400, 'Access denied', message);
    const { status, json } = await app.status(pair);
    expect([status, json?.['status']]).toEqual([200, 'expired']);
    // The time that is left tells a no from a sign-in that took too long.
    expect(json?.['expires_at']).toBeGreaterThan(NOON / 1000);
    expect((await app.finalize(pair)).status).toBe(410);
  });

  it('says what is known where no verifier comes, which may be a no', async () => {
    const { app, ask, consentPage } = harness();
    const pair = await app.start();
    await consentPage(pair);
    const page = await ask('GET', `${CALLBACK}?${pairQuery(pair)}`, { headers: NAVIGATION });
    expectPage(page, 400, 'Auth failed', MISSING);
    expect(page.text).toContain('as when you decline. Nothing was linked.');
    expect((await app.status(pair)).json?.['status']).toBe('expired');
  });

  it('keeps a session that got its yes, whatever comes after', async () => {
    const { app, ask, authorized } = harness();
    const pair = await authorized();
    await ask('GET', `${CALLBACK}?${pairQuery(pair)}`);
    expect((await app.finalize(pair)).status).toBe(200);
  });
});

describe('trouble with Discogs', () => {
  const CASES = [
    [
      { kind: 'rate_limited', retryAfterSeconds: 9 },
      429,
      'discogs_rate_limited',
      'Discogs asks this service to slow down.',
      '9',
    ],
    [
      { kind: 'rate_limited', retryAfterSeconds: null },
      429,
      'discogs_rate_limited',
      'Discogs asks this service to slow down.',
      '60',
    ],
    [
      { kind: 'busy', retryAfterSeconds: 30 },
      503,
      'broker_busy',
      'Many people use this service right now.',
      '30',
    ],
    [
      { kind: 'refused', status: 401 },
      502,
      'discogs_unavailable',
      'Discogs cannot be reached at the moment.',
      undefined,
    ],
    [
      { kind: 'unreachable' },
      502,
      'discogs_unavailable',
      'Discogs cannot be reached at the moment.',
      undefined,
    ],
    [{ kind: 'timeout' }, 502, 'discogs_unavailable', 'Discogs cannot be reached at the moment.', undefined],
    [{ kind: 'invalid' }, 502, 'discogs_unavailable', 'Discogs cannot be reached at the moment.', undefined],
  ] as const;

  it.each(CASES)('while linking: %j', async (failure, status, error, message, retryAfter) => {
    const { app, ask, consentPage, discogs, stores } = harness();
    const pair = await app.start();
    discogs.failing.requestToken = failure;
    const reply = await ask('GET', pair.authUrl);
    expect(reply).toMatchObject({ status, json: { error } });
    expect(reply.headers['retry-after']).toBe(retryAfter);
    const asked = await ask('GET', pair.authUrl, { headers: NAVIGATION });
    const page = await ask('GET', new URL(nextLink(asked), pair.authUrl).href, { headers: NAVIGATION });
    expectPage(page, status, 'Auth failed', message);
    expect(page.headers['retry-after']).toBe(retryAfter);
    expect(await stores.requestTokens.prune(Number.MAX_SAFE_INTEGER)).toBe(0);
    discogs.failing.requestToken = undefined;
    expect(await consentPage(pair)).not.toBe('');
  });

  it.each(CASES)(
    'while linked: %j, and a reload mends it',
    async (failure, status, error, message, retryAfter) => {
      const { app, ask, approved, consentPage, discogs } = harness();
      const pair = await app.start();
      const address = approved(pair, await consentPage(pair));
      discogs.failing.accessToken = failure;
      const reply = await ask('GET', address);
      expect(reply).toMatchObject({ status, json: { error } });
      expect(reply.headers['retry-after']).toBe(retryAfter);
      expectPage(await ask('GET', address, { headers: NAVIGATION }), status, 'Auth failed', message);
      expect((await app.status(pair)).json?.['status']).toBe('pending');
      discogs.failing.accessToken = undefined;
      expect((await ask('GET', address)).status).toBe(200);
    },
  );
});

describe('a browser', () => {
  it.each([
    ['GET', '/', 404],
    ['POST', '/v1/device/session/start', 401],
    ['POST', '/v1/discogs/proxy/search', 401],
  ])('gets a page for %s %s', async (method, path, status) => {
    const reply = await harness().ask(method, path, { headers: NAVIGATION });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it.each([{ 'sec-fetch-mode': 'cors', accept: '*/*' }, { 'sec-fetch-mode': 'no-cors' }])(
    'gets JSON for a script: %j',
    async (headers) => {
      const reply = await harness().ask('POST', '/v1/device/session/start', { headers });
      expect([reply.status, reply.json?.['error']]).toEqual([401, 'unauthorized']);
    },
  );

  it('reads of no secret on any page, but in the link that goes on', async () => {
    const { app, ask, approved, consentPage, stores } = harness();
    const pair = await app.start();
    const address = approved(pair, await consentPage(pair));
    const pages = [
      await ask('GET', pair.authUrl, { headers: NAVIGATION }),
      await ask('GET', `${CALLBACK}?${pairQuery(pair)}&oauth_token=x&oauth_verifier=secret-verifier`),
      await ask('GET', address),
      await ask('GET', address),
      await ask('GET', address, { jar: cookieJar() }),
    ];
    Object.assign(stores.sessions, { get: () => Promise.reject(new Error(`row ${pair.pendingToken}`)) });
    pages.push(await ask('GET', address, { headers: NAVIGATION }), await ask('GET', pair.authUrl));
    const proof = new URL(address).searchParams.get('browser') ?? '';
    const secrets = [
      pair.pendingToken,
      proof,
      'consumer-',
      'client-token',
      'request-',
      'access-',
      'verifier',
    ];
    for (const { text } of pages) {
      const withoutLink = text.replace(/ href="(link)?\?[^"]*"/, '');
      for (const secret of secrets) expect(withoutLink).not.toContain(secret);
    }
  });
});
