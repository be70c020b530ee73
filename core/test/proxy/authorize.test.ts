import type { SecretState } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, fixedSecrets, gateway } from '../support/fakes.ts';

const value = (text: string) => ({ kind: 'value', value: text }) as const;

describe('the door', () => {
  const nobody = { 'x-api-key': 'wrong' };

  it('answers ping to everybody, even when nothing is configured', async () => {
    const { status, text } = await ask(
      gateway({ secrets: fixedSecrets({}) }),
      call('GET', '/ping', { headers: nobody }),
    );
    expect({ status, text }).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  it.each([
    ['GET', '/artists/x'],
    ['GET', '/database/search'],
    ['POST', '/marketplace/listings'],
    ['GET', '/marketplace/price_suggestions/1'],
  ])('asks for the key before it looks at %s %s', async (method, path) => {
    const one = gateway({
      secrets: fixedSecrets({ X_API_KEY: value('the-key') }),
      environment: { READ_ONLY: 'true' },
    });
    const { status, text, headers } = await ask(one, call(method, path, { headers: nobody }));
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ error: 'unauthorized', reason: 'api_key_mismatch' });
    expect(headers['x-trace-id']).toBeDefined();
  });

  it.each([
    ['the key', { 'x-api-key': 'the-key' }, 200],
    ['a bearer token', { 'x-api-key': '', authorization: 'Bearer the-key' }, 200],
    ['no key', { 'x-api-key': '' }, 401],
    ['two keys in one header', { 'x-api-key': 'the-key,the-key' }, 401],
    ['a non-ASCII key', { 'x-api-key': 'thé-kéy' }, 401],
    ['a 20 KB key', { 'x-api-key': 'k'.repeat(20_000) }, 401],
    ['a wrong key beside a right bearer token', { 'x-api-key': 'x', authorization: 'Bearer the-key' }, 401],
  ])('answers %s', async (_, headers, status) => {
    expect(await ask(gateway(), call('GET', '/artists/1', { headers }))).toMatchObject({ status });
  });

  it.each([
    ['nothing configured', {}, { error: 'server_misconfigured', reason: 'x_api_key_missing' }],
    [
      'only blanks',
      { X_API_KEY: value(' , ') },
      { error: 'server_misconfigured', reason: 'x_api_key_missing' },
    ],
    [
      'an unresolved key',
      { X_API_KEY: { kind: 'unresolved' } as const },
      { error: 'secrets_unresolved', which: 'X_API_KEY' },
    ],
    [
      'a key that no header can carry',
      { X_API_KEY: value('ключ') },
      { error: 'server_misconfigured', reason: 'invalid_setting', which: 'X_API_KEY' },
    ],
    [
      'broken CLIENT_KEYS',
      { CLIENT_KEYS: value('{') },
      { error: 'server_misconfigured', reason: 'invalid_setting', which: 'CLIENT_KEYS' },
    ],
  ])('stays shut with %s', async (_, secrets, json) => {
    const asked = await ask(gateway({ secrets: fixedSecrets(secrets) }), call('GET', '/artists/1'));
    expect(asked).toMatchObject({ status: 503, json });
  });

  it('knows each of several clients by its label, and lets some only read', async () => {
    const CLIENT_KEYS = value('[{"label":"gpt","key":"gpt-key","read_only":true}]');
    const one = gateway({ secrets: fixedSecrets({ CLIENT_KEYS, DISCOGS_TOKEN: value('t') }) });
    const headers = { 'x-api-key': 'gpt-key' };
    expect(await ask(one, call('GET', '/artists/1', { headers }))).toMatchObject({ status: 200 });
    const refused = await ask(one, call('DELETE', '/users/u/wants/1', { headers }));
    expect(refused).toMatchObject({ status: 403, json: { error: 'read_only', message: expect.any(String) } });
  });

  it('refuses every write with READ_ONLY', async () => {
    const one = gateway({ environment: { READ_ONLY: 'true' } });
    expect(await ask(one, call('PUT', '/users/u/wants/1'))).toMatchObject({
      status: 403,
      json: { error: 'read_only' },
    });
    expect(await ask(one, call('GET', '/users/u/wants'))).toMatchObject({ status: 200 });
  });

  it('asks a slow vault for everything at once, so that it is waited for only once', async () => {
    const asked: string[] = [];
    const release: ((state: SecretState) => void)[] = [];
    const read = (name: string) =>
      new Promise<SecretState>((resolve) => {
        asked.push(name);
        release.push(resolve);
      });
    const answering = ask(gateway({ secrets: { read, refresh: () => {} } }), call('GET', '/artists/1'));
    expect(asked.sort()).toEqual(['CLIENT_KEYS', 'DISCOGS_TOKEN', 'X_API_KEY']);
    for (const resolve of release) resolve({ kind: 'unresolved' });
    expect(await answering).toMatchObject({ status: 503, json: { which: 'X_API_KEY' } });
  });

  it('asks nobody for a key with DISABLE_CLIENT_KEY_CHECK', async () => {
    const one = gateway({ secrets: fixedSecrets({}), environment: { DISABLE_CLIENT_KEY_CHECK: 'true' } });
    expect(await ask(one, call('GET', '/artists/1', { headers: nobody }))).toMatchObject({ status: 200 });
  });

  it('names a variable that cannot be used, to callers with a key only', async () => {
    const one = gateway({ environment: { READ_ONLY: 'perhaps' } });
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      status: 503,
      json: { error: 'server_misconfigured', reason: 'invalid_setting', which: 'READ_ONLY' },
    });
    expect(await ask(one, call('GET', '/artists/1', { headers: nobody }))).toMatchObject({ status: 401 });
  });
});

describe('the Discogs token', () => {
  const withToken = (token: Parameters<typeof fixedSecrets>[0]['DISCOGS_TOKEN']) =>
    fixedSecrets({ X_API_KEY: value('the-key'), ...(token ? { DISCOGS_TOKEN: token } : {}) });

  it('may be missing for what anybody may read', async () => {
    const fetcher = fakeFetcher(answer(200));
    expect(
      await ask(gateway({ fetcher, secrets: withToken(undefined) }), call('GET', '/artists/1')),
    ).toMatchObject({ status: 200 });
    expect(fetcher.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['GET', '/marketplace/price_suggestions/1'],
    ['GET', '/oauth/identity'],
    ['GET', '/database/search?q=nevermind'],
    ['PUT', '/users/u/wants/1'],
  ])('is needed for %s %s', async (method, path) => {
    const asked = await ask(gateway({ secrets: withToken(undefined) }), call(method, path));
    expect(asked).toMatchObject({
      status: 401,
      json: { error: 'unauthorized', reason: 'discogs_token_missing' },
    });
  });

  it('that is unresolved closes everything that would need it', async () => {
    const asked = await ask(
      gateway({ secrets: withToken({ kind: 'unresolved' }) }),
      call('GET', '/artists/1'),
    );
    expect(asked).toMatchObject({
      status: 503,
      json: { error: 'secrets_unresolved', which: 'DISCOGS_TOKEN' },
    });
  });

  it('that cannot be a header value is a configuration fault, and is not shown', async () => {
    const asked = await ask(gateway({ secrets: withToken(value('to\r\nken')) }), call('GET', '/artists/1'));
    expect(asked).toMatchObject({ status: 503, json: { reason: 'invalid_setting', which: 'DISCOGS_TOKEN' } });
    expect(asked.text).not.toContain('ken"');
  });
});

describe('paths and methods that no operation has', () => {
  it('say so', async () => {
    expect(await ask(gateway(), call('GET', '/labels/1/sublabels'))).toMatchObject({
      status: 404,
      json: { error: 'not_found', reason: 'no_such_route' },
    });
    expect(await ask(gateway(), call('PATCH', '/artists/1'))).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
      json: { error: 'method_not_allowed' },
    });
  });
});
