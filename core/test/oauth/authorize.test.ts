/** `/authorize`: who is sent to Discogs, who is sent back with an error, and who is shown a page. */
import { describe, expect, it } from '@jest/globals';
import { APP, APP_REQUEST, GPT_REQUEST, harness } from './support/harness.ts';

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(APP_REQUEST).filter(([key]) => key !== name));

describe('an authorization', () => {
  it('goes on to Discogs with a callback of this server, and marks the browser', async () => {
    const { authorize, discogs } = harness();
    const { status, location, headers } = await authorize();
    expect([status, location?.origin, location?.pathname]).toEqual([
      303,
      'https://www.discogs.com',
      '/oauth/authorize',
    ]);
    expect(discogs.callbackUrls[0]).toMatch(
      /^https:\/\/gateway\.example\/api\/authorize\/callback\?request=[0-9a-f]{32}$/,
    );
    expect(headers['set-cookie']).toMatch(
      /^__Host-broker-browser=[0-9a-f]{64}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it('needs no PKCE from a client with a secret', async () => {
    expect((await harness().authorize(GPT_REQUEST)).location?.origin).toBe('https://www.discogs.com');
  });

  it.each([
    ['no client id', without('client_id')],
    ['an unknown client', { ...APP_REQUEST, client_id: 'nobody' }],
    ['no redirect address', without('redirect_uri')],
    ['one with a slash more', { ...APP_REQUEST, redirect_uri: 'https://app.example/callback/' }],
    ['one with a port', { ...APP_REQUEST, redirect_uri: 'https://app.example:444/callback' }],
    ['one with the usual port', { ...APP_REQUEST, redirect_uri: 'https://app.example:443/callback' }],
    ['one in capitals', { ...APP_REQUEST, redirect_uri: 'https://app.example/Callback' }],
    ['a host in capitals', { ...APP_REQUEST, redirect_uri: 'https://APP.example/callback' }],
    ['one with a query', { ...APP_REQUEST, redirect_uri: 'https://app.example/callback?a=1' }],
    ['one with a fragment', { ...APP_REQUEST, redirect_uri: 'https://app.example/callback#a' }],
    ['one with a user', { ...APP_REQUEST, redirect_uri: 'https://app.example@evil.example/callback' }],
    ['that of another client', { ...APP_REQUEST, redirect_uri: GPT_REQUEST.redirect_uri }],
    [
      'signs that mean something elsewhere',
      { ...APP_REQUEST, redirect_uri: 'https://app.example;x/callback' },
    ],
    ['http in place of https', { ...APP_REQUEST, redirect_uri: 'http://app.example/callback' }],
    ['another path on this computer', { ...APP_REQUEST, redirect_uri: 'http://127.0.0.1:5000/other' }],
  ])('with %s leads nowhere and shows a page', async (_, parameters) => {
    const { authorize, discogs } = harness();
    const { status, location, headers, text } = await authorize(parameters);
    expect([status, location, discogs.calls]).toEqual([400, undefined, []]);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('Sign-in failed');
  });

  it('takes any port of a program on this computer', async () => {
    const { authorize } = harness();
    const { location } = await authorize({ ...APP_REQUEST, redirect_uri: 'http://127.0.0.1:52163/back' });
    expect(location?.origin).toBe('https://www.discogs.com');
  });

  it.each([
    ['another response type', { ...APP_REQUEST, response_type: 'token' }, 'unsupported_response_type'],
    ['no response type', without('response_type'), 'unsupported_response_type'],
    ['another response mode', { ...APP_REQUEST, response_mode: 'fragment' }, 'invalid_request'],
    ['no PKCE', without('code_challenge'), 'invalid_request'],
    ['plain PKCE', { ...APP_REQUEST, code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method', without('code_challenge_method'), 'invalid_request'],
    ['a short challenge', { ...APP_REQUEST, code_challenge: 'short' }, 'invalid_request'],
    ['unknown scopes', { ...APP_REQUEST, scope: 'admin' }, 'invalid_scope'],
    ['a foreign resource', { ...APP_REQUEST, resource: 'https://other.example/api' }, 'invalid_target'],
  ])('with %s is sent back to the app, with its state and the issuer', async (_, parameters, error) => {
    const { authorize, discogs } = harness();
    const { location } = await authorize(parameters);
    expect(`${location?.origin}${location?.pathname}`).toBe(APP_REQUEST.redirect_uri);
    const answered = Object.fromEntries(location?.searchParams ?? []);
    expect(answered).toMatchObject({ error, state: 'st&te=1', iss: 'https://gateway.example/api' });
    expect(answered['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(discogs.calls).toEqual([]);
  });

  it('with a state of more than 2,048 characters is sent back without it', async () => {
    const { location } = await harness().authorize({ ...APP_REQUEST, state: 's'.repeat(2049) });
    expect(location?.searchParams.get('error')).toBe('invalid_request');
    expect(location?.searchParams.has('state')).toBe(false);
  });

  it('that names a parameter twice shows a page', async () => {
    const { ask } = harness();
    const query = `${new URLSearchParams(APP_REQUEST)}&redirect_uri=https%3A%2F%2Fevil.example`;
    const { status, text } = await ask('GET', `authorize?${query}`);
    expect([status, text.includes('was sent twice')]).toEqual([400, true]);
  });

  it.each(['iframe', 'image', 'empty', 'embed'])(
    'that is loaded by a page, as %s, spends nothing',
    async (part) => {
      const { authorize, discogs } = harness();
      const { status } = await authorize(APP_REQUEST, { headers: { 'sec-fetch-dest': part } });
      expect([status, discogs.calls]).toEqual([403, []]);
    },
  );

  it('is refused after thirty of one address in ten minutes, and goes on for others', async () => {
    const { authorize, newJar } = harness();
    const from = async (clientAddress: string) =>
      (await authorize(APP_REQUEST, { clientAddress, jar: newJar() })).status;
    for (let count = 0; count < 30; count += 1) expect(await from('192.0.2.1')).toBe(303);
    expect([await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([429, 303]);
  });

  it('answers 503 to everything but metadata while the application at Discogs is not set', async () => {
    const { authorize, ask, log } = harness({ environment: { DISCOGS_CONSUMER_KEY: '' } });
    expect((await authorize()).status).toBe(503);
    expect((await ask('POST', 'token', { form: {} })).json['error']).toBe('temporarily_unavailable');
    expect((await ask('GET', '.well-known/oauth-authorization-server')).status).toBe(200);
    expect(log.lines[0]?.line).toMatch(/^DISCOGS_CONSUMER_KEY must be set/);
  });

  it.each([
    ['no JSON', 'x'],
    ['a short secret', JSON.stringify([{ ...APP, client_secret: 'short' }])],
    ['an id that clients encode', JSON.stringify([{ ...APP, client_id: 'a:b' }])],
    ['a redirect address over http', JSON.stringify([{ ...APP, redirect_uris: ['http://app.example/'] }])],
    ['a member that does not exist', JSON.stringify([{ ...APP, redirect_uri: 'https://app.example/' }])],
  ])('is not possible while SIGN_IN_CLIENTS is %s', async (_, SIGN_IN_CLIENTS) => {
    expect((await harness({ environment: { SIGN_IN_CLIENTS } }).authorize()).status).toBe(503);
  });
});
