import { describe, expect, it } from '@jest/globals';
import { harness, NAVIGATION, pairQuery } from './support/harness.ts';
import { expectPage, LINK, nextLink, shown } from './support/pages.ts';

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

  it('says that the time is over', async () => {
    const { app, ask, passSeconds } = harness();
    const pair = await app.start();
    passSeconds(900);
    const message = 'Device session expired. Restart auth from your client.';
    expect(await ask('GET', pair.authUrl)).toMatchObject({ status: 410, text: message });
    expectPage(await ask('GET', pair.authUrl, { headers: NAVIGATION }), 410, 'Auth expired', message);
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

  it('sends a program straight to Discogs, with nothing but the address and the cookie', async () => {
    const { app, ask } = harness();
    const { authUrl } = await app.start();
    const reply = await ask('GET', authUrl, { headers: { accept: '*/*' } });
    expect(reply).toMatchObject({ status: 302, text: '' });
    expect(reply.headers).toEqual({
      location: 'https://www.discogs.com/oauth/authorize?oauth_token=request-token-1',
      'referrer-policy': 'no-referrer',
      'set-cookie': expect.stringMatching(/^__Host-broker-browser=[0-9a-f]{64}; /),
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
      expect(shown(page)).toContain('The app asked 2 minutes ago.');
      expect(shown(page)).toContain(`has the characters ${deviceId.slice(0, 8)} in it`);
      expect(shown(page).replace(/ href="[^"]*"/g, '')).not.toContain('device_id');
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
