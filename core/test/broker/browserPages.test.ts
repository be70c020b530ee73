import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { STYLE } from '../../src/broker/pages/style.ts';
import { harness, NAVIGATION, NOON, pairQuery, type Reply } from './support/harness.ts';

const LINK = '/v1/discogs/oauth/link';
const CALLBACK = '/v1/discogs/oauth/callback';

const shown = ({ text }: Reply): string => text.replace(/<style>.*<\/style>/s, '').replaceAll('<br />', ' ');
const nextLink = ({ text }: Reply): string =>
  /<a class="go"[^>]* href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';

function expectPage(reply: Reply, status: number, title: string, message: string): void {
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(reply.headers['content-security-policy']?.split('; ')).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(shown(reply)).toContain(`<h1>${title}</h1>\n<p>${message}</p>`);
  expect(reply.text).not.toMatch(/<script|<form|<iframe|https?:\/\//);
}

describe('link', () => {
  it.each([
    ['', 400, 'Missing device_id or pending_token', 'Auth failed'],
    ['?device_id=a', 400, 'Missing device_id or pending_token', 'Auth failed'],
    ['?device_id=%20%0A&pending_token=b', 400, 'Missing device_id or pending_token', 'Auth failed'],
    ['?device_id=a&pending_token=b', 404, 'Device session not found', 'Auth failed'],
  ])(
    'answers "%s" in text to a program, and with a page to a browser',
    async (query, status, message, title) => {
      const { ask } = harness();
      const reply = await ask('GET', LINK + query);
      expect(reply).toMatchObject({ status, text: message });
      expect(reply.headers).toEqual({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
      });
      expectPage(await ask('GET', LINK + query, { headers: NAVIGATION }), status, title, message);
    },
  );

  it('says that the time is over, and marks the session', async () => {
    const { app, ask, passSeconds, stores } = harness();
    const pair = await app.start();
    passSeconds(900);
    const message = 'Device session expired. Restart auth from your client.';
    expect(await ask('GET', pair.authUrl)).toMatchObject({ status: 410, text: message });
    expectPage(await ask('GET', pair.authUrl, { headers: NAVIGATION }), 410, 'Auth expired', message);
    expect((await stores.sessions.get(pair.deviceId))?.status).toBe('expired');
  });

  it('never touches a live session, however late the old link is opened', async () => {
    const { app, ask, signedIn, passSeconds } = harness();
    const { sessionToken, authUrl } = await signedIn();
    for (const seconds of [0, 900, 86_400]) {
      passSeconds(seconds);
      expectPage(
        await ask('GET', authUrl),
        200,
        'Already linked',
        'This device is already linked. Return to your client.',
      );
      expect((await app.search(sessionToken)).status).toBe(200);
    }
  });

  it('sends a program straight to Discogs, with nothing but the address', async () => {
    const { app, ask } = harness();
    const { authUrl } = await app.start();
    const reply = await ask('GET', authUrl, { headers: { accept: '*/*' } });
    expect(reply).toMatchObject({ status: 302, text: '' });
    expect(reply.headers).toEqual({
      location: 'https://www.discogs.com/oauth/authorize?oauth_token=request-token-1',
      'referrer-policy': 'no-referrer',
    });
  });

  it('repairs a link that a terminal has wrapped', async () => {
    const { app, ask } = harness();
    const { deviceId, pendingToken } = await app.start();
    const wrapped = pairQuery({
      deviceId: `${deviceId.slice(0, 9)}%0A%20${deviceId.slice(9)}`,
      pendingToken: `%20${pendingToken.slice(0, 4)}+${pendingToken.slice(4)}`,
    });
    expect((await ask('GET', `${LINK}?${wrapped}`)).status).toBe(302);
  });

  it.each([[{ 'sec-fetch-mode': 'navigate' }], [{ accept: 'text/html' }]])(
    'first asks a browser: %j',
    async (headers) => {
      const { app, ask, discogs, passSeconds } = harness();
      const { authUrl, deviceId } = await app.start();
      passSeconds(130);
      const page = await ask('GET', authUrl, { headers });
      expectPage(
        page,
        200,
        'Link an app to your Discogs account?',
        'An app asks to use Discogs with your account. Go on only if you have just started this in an app of your own.',
      );
      expect(shown(page)).toContain(
        `Asked 2 minutes ago, by the device that starts with ${deviceId.slice(0, 8)}`,
      );
      expect(discogs.calls).toEqual([]);
      const next = new URL(nextLink(page), authUrl).href;
      expect(next.startsWith(authUrl)).toBe(true);
      expect((await ask('GET', next, { headers })).headers['location']).toBe(
        'https://www.discogs.com/oauth/authorize?oauth_token=request-token-1',
      );
    },
  );

  it('asks again when the answer is old, of another session, or made up', async () => {
    const { app, ask, discogs, passSeconds } = harness();
    const [mine, other] = [await app.start(), await app.start()];
    const confirmed = new URL(
      nextLink(await ask('GET', mine.authUrl, { headers: NAVIGATION })),
      mine.authUrl,
    );
    const confirm = confirmed.searchParams.get('confirm') ?? '';
    const [until = '', signature = ''] = confirm.split('.');
    const later = `${Number(until) + 60}.${signature}`;
    for (const forged of [later, `${until}.${'0'.repeat(64)}`, signature, '', 'x', `${confirm}0`]) {
      expect((await ask('GET', `${mine.authUrl}&confirm=${forged}`, { headers: NAVIGATION })).status).toBe(
        200,
      );
    }
    expect((await ask('GET', `${other.authUrl}&confirm=${confirm}`, { headers: NAVIGATION })).status).toBe(
      200,
    );
    passSeconds(600);
    expect((await ask('GET', confirmed.href, { headers: NAVIGATION })).status).toBe(200);
    expect(discogs.calls).toEqual([]);
  });
});

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
    const again = await ask('GET', address);
    expectPage(again, 400, 'Auth failed', 'OAuth request token was not found or expired. Restart auth.');
    expect(again.text).toContain('Discogs has confirmed this device already: return to your app.');
    await app.finalize(pair);
    expectPage(await ask('GET', address), 404, 'Auth failed', 'Device session not found.');
  });

  it.each(['other-token', ''])('knows no request token of another session, or "%s"', async (token) => {
    const { app, ask, approved, consentPage } = harness();
    const [mine, other] = [await app.start(), await app.start()];
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
      const { app, ask, approved, broker, consentPage, discogs, passSeconds } = harness();
      const pair = await app.start();
      const address = approved(pair, await consentPage(pair));
      const { accessToken } = discogs;
      discogs.accessToken = async (...given) => {
        const result = await accessToken(...given);
        if (typeof meanwhile === 'function') meanwhile(passSeconds);
        else {
          passSeconds(900);
          await broker.prune();
        }
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
    expectPage(page, 400, 'Auth failed', MISSING);
    expect(page.text).toContain('as when you decline. Nothing was linked.');
    expect(await app.status(pair)).toMatchObject({ status: 200, json: { status: 'expired' } });
    expect((await app.finalize(pair)).status).toBe(410);
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

  it('reads of no secret on any page, but in the link that goes on', async () => {
    const { app, ask, approved, consentPage, stores } = harness();
    const pair = await app.start();
    const address = approved(pair, await consentPage(pair));
    const pages = [
      await ask('GET', pair.authUrl, { headers: NAVIGATION }),
      await ask('GET', `${CALLBACK}?${pairQuery(pair)}&oauth_token=x&oauth_verifier=secret-verifier`),
      await ask('GET', address),
      await ask('GET', address),
    ];
    Object.assign(stores.sessions, { get: () => Promise.reject(new Error(`row ${pair.pendingToken}`)) });
    pages.push(await ask('GET', address, { headers: NAVIGATION }), await ask('GET', pair.authUrl));
    const secrets = [pair.pendingToken, 'consumer-', 'client-token', 'request-', 'access-', 'verifier'];
    for (const { text } of pages) {
      const withoutLink = text.replace(/ href="\?[^"]*"/, '');
      for (const secret of secrets) expect(withoutLink).not.toContain(secret);
    }
  });
});
