/** `/token` and `/revoke`: what codes and refresh tokens are worth, and for how long. */
import { describe, expect, it } from '@jest/globals';
import { APP, APP_REQUEST, BASE, GPT, GPT_REQUEST, harness, SECRET, VERIFIER } from './support/harness.ts';

const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });

describe('a code', () => {
  it('becomes a pair of tokens that nobody caches', async () => {
    const { code, token, codeForm, isGood, tokensOf } = harness();
    const reply = await token(codeForm(await code()));
    expect(reply.json).toEqual({
      access_token: expect.stringMatching(/^daa_[0-9a-f_]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^dar_[0-9a-f_]+$/),
      scope: 'read collection:write',
    });
    expect([reply.status, reply.headers['cache-control'], reply.headers['pragma']]).toEqual([
      200,
      'no-store',
      'no-cache',
    ]);
    expect(await isGood(tokensOf(reply).access)).toBe(true);
  });

  it.each([
    ['Basic credentials', {}, basic(GPT.client_id, SECRET)],
    ['the form', { client_id: GPT.client_id, client_secret: SECRET }, {}],
  ])('of a client with a secret needs it, in %s, and no PKCE', async (_, credentials, headers) => {
    const { code, token } = harness();
    const form = {
      grant_type: 'authorization_code',
      code: await code(GPT_REQUEST),
      redirect_uri: GPT_REQUEST.redirect_uri,
    };
    expect((await token({ ...form, ...credentials }, headers)).json['scope']).toBe('read');
  });

  it.each([
    ['a wrong secret', { client_id: GPT.client_id, client_secret: `${SECRET}x` }, {}],
    ['no secret', { client_id: GPT.client_id }, {}],
    ['two different clients', { client_id: APP.client_id }, basic(GPT.client_id, SECRET)],
    ['an unknown client', { client_id: 'nobody' }, {}],
    ['a secret for a client that has none', { client_id: APP.client_id, client_secret: SECRET }, {}],
    ['credentials that cannot be read', {}, { authorization: 'Basic %%%' }],
    ['no client', {}, {}],
  ])('is not given for %s', async (_, credentials, headers) => {
    const { code, token } = harness();
    const form = {
      grant_type: 'authorization_code',
      code: await code(GPT_REQUEST),
      redirect_uri: GPT_REQUEST.redirect_uri,
    };
    const reply = await token({ ...form, ...credentials }, headers);
    expect([reply.status, reply.json['error']]).toEqual([401, 'invalid_client']);
    expect(reply.headers['www-authenticate']).toMatch(/^Basic/);
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
    ['a verifier that is none', { code_verifier: 'short' }, 'invalid_grant'],
    ['an empty verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1/back' }, 'invalid_grant'],
    ['no redirect address', { redirect_uri: '' }, 'invalid_grant'],
    ['a code that is none', { code: 'x' }, 'invalid_grant'],
    ['a code nobody issued', { code: `dac_${'0'.repeat(32)}_${'0'.repeat(64)}` }, 'invalid_grant'],
    ['no code', { code: '' }, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no grant type', { grant_type: '' }, 'invalid_request'],
    ['a larger scope', { scope: 'read marketplace:write' }, 'invalid_scope'],
    ['a foreign resource', { resource: 'https://other.example/api' }, 'invalid_target'],
  ])('is refused with %s, and stays good for the right client', async (_, change, error) => {
    const { code, token, codeForm } = harness();
    const given = await code();
    const reply = await token(codeForm(given, change));
    expect([reply.status, reply.json['error']]).toEqual([400, error]);
    expect((await token(codeForm(given))).status).toBe(200);
  });

  it('of one client is refused to another', async () => {
    const { code, token, codeForm } = harness();
    const form = codeForm(await code(), { client_id: GPT.client_id, client_secret: SECRET });
    expect((await token(form)).json['error_description']).toContain('issued to another client');
  });

  it('that was issued without a challenge takes no verifier', async () => {
    const { code, token } = harness();
    const form = {
      grant_type: 'authorization_code',
      code: await code(GPT_REQUEST),
      redirect_uri: GPT_REQUEST.redirect_uri,
    };
    const reply = await token({ ...form, code_verifier: VERIFIER }, basic(GPT.client_id, SECRET));
    expect(reply.json['error']).toBe('invalid_grant');
  });

  it('is good for 59 seconds, and not for 60', async () => {
    const { code, token, codeForm, passSeconds } = harness();
    const [first, second] = [await code(), await code()];
    passSeconds(59);
    expect((await token(codeForm(first))).status).toBe(200);
    passSeconds(1);
    expect((await token(codeForm(second))).json['error_description']).toContain('60 seconds');
  });

  it('says that it is too old while the clock is 90 seconds ahead, and is good once it is right again', async () => {
    const { code, token, codeForm, passSeconds } = harness();
    const form = codeForm(await code());
    passSeconds(90);
    expect((await token(form)).json['error_description']).toContain('60 seconds');
    passSeconds(-85);
    expect((await token(form)).status).toBe(200);
  });

  it('that is used again ends the grant', async () => {
    const { code, token, codeForm, tokensOf, isGood } = harness();
    const form = codeForm(await code());
    const { access } = tokensOf(await token(form));
    expect((await token(form)).json['error_description']).toContain('used before');
    expect(await isGood(access)).toBe(false);
  });

  it('that is used twice at once leaves no grant', async () => {
    const { code, token, codeForm, stores } = harness();
    const form = codeForm(await code());
    const statuses = (await Promise.all([token(form), token(form)])).map(({ status }) => status);
    expect(statuses).toContain(400);
    expect(await stores.grants.ownedBy('42', 9)).toEqual([]);
  });

  it('can be sent again after the store has failed', async () => {
    const { code, token, codeForm, stores, log } = harness();
    const form = codeForm(await code());
    const { change } = stores.grants;
    Object.assign(stores.grants, { change: () => Promise.reject(new Error('away')) });
    const reply = await token(form);
    expect([reply.status, reply.json['error']]).toEqual([503, 'temporarily_unavailable']);
    Object.assign(stores.grants, { change });
    expect((await token(form)).status).toBe(200);
    expect(log.lines.at(-1)?.line).toBe('oauth_failed detail=Error: away');
  });
});

describe('a refresh token', () => {
  it('gives the next pair, and the access token before it stays good until it expires', async () => {
    const { signedIn, token, refreshForm, tokensOf, isGood, passSeconds } = harness();
    const first = await signedIn();
    passSeconds(1800);
    const reply = await token(refreshForm(first.refresh));
    const second = tokensOf(reply);
    expect(reply.json).toMatchObject({ expires_in: 3600, scope: 'read collection:write' });
    expect(new Set([first.access, first.refresh, second.access, second.refresh]).size).toBe(4);
    expect([await isGood(first.access), await isGood(second.access)]).toEqual([true, true]);
    passSeconds(1800);
    expect([await isGood(first.access), await isGood(second.access)]).toEqual([false, true]);
  });

  it('gives the same pair again for 30 seconds, for a client whose answer was lost', async () => {
    const { signedIn, token, refreshForm, tokensOf, passSeconds, isGood } = harness();
    const { refresh } = await signedIn();
    const first = tokensOf(await token(refreshForm(refresh)));
    passSeconds(30);
    const again = await token(refreshForm(refresh));
    expect([tokensOf(again), again.json['expires_in']]).toEqual([first, 3570]);
    expect(await isGood(first.access)).toBe(true);
  });

  it('gives one pair to fifty requests at once', async () => {
    const { signedIn, token, refreshForm, tokensOf, isGood } = harness();
    const { refresh } = await signedIn();
    const replies = await Promise.all(Array.from({ length: 50 }, () => token(refreshForm(refresh))));
    expect(new Set(replies.map((reply) => JSON.stringify(tokensOf(reply)))).size).toBe(1);
    const [{ access, refresh: next }] = replies.map(tokensOf) as [ReturnType<typeof tokensOf>];
    expect([await isGood(access), (await token(refreshForm(next))).status]).toEqual([true, 200]);
  });

  it('ends the grant when it is used again after 30 seconds', async () => {
    const { signedIn, token, refreshForm, tokensOf, passSeconds, isGood, log } = harness();
    const { refresh } = await signedIn();
    const next = tokensOf(await token(refreshForm(refresh)));
    passSeconds(31);
    expect((await token(refreshForm(refresh))).json['error_description']).toContain('replaced before');
    expect([await isGood(next.access), (await token(refreshForm(next.refresh))).status]).toEqual([
      false,
      400,
    ]);
    expect(log.lines.map(({ line }) => line)).toContain('oauth_refresh_token_reused');
  });

  it('ends the grant when it is older than the one before the last, also at once', async () => {
    const { signedIn, token, refreshForm, tokensOf, isGood } = harness();
    const first = await signedIn();
    const second = tokensOf(await token(refreshForm(first.refresh)));
    const third = tokensOf(await token(refreshForm(second.refresh)));
    expect((await token(refreshForm(first.refresh))).status).toBe(400);
    expect(await isGood(third.access)).toBe(false);
  });

  it.each([-90, 90])('is replaced as usual while the clock goes %i seconds wrong', async (seconds) => {
    const { signedIn, token, refreshForm, tokensOf, passSeconds, isGood } = harness();
    const { refresh } = await signedIn();
    passSeconds(seconds);
    const next = tokensOf(await token(refreshForm(refresh)));
    expect(await isGood(next.access)).toBe(true);
    passSeconds(-seconds);
    expect([await isGood(next.access), (await token(refreshForm(next.refresh))).status]).toEqual([true, 200]);
  });

  it('is no retry too late for a clock that was set back', async () => {
    const { signedIn, token, refreshForm, passSeconds } = harness();
    const { refresh } = await signedIn();
    passSeconds(90);
    await token(refreshForm(refresh));
    passSeconds(-85);
    expect((await token(refreshForm(refresh))).status).toBe(200);
  });

  it.each([
    ['another client', { client_id: GPT.client_id, client_secret: SECRET }, 'invalid_grant'],
    [
      'an access token in its place',
      { refresh_token: `daa_${'0'.repeat(32)}_${'0'.repeat(64)}` },
      'invalid_grant',
    ],
    ['a larger scope', { scope: 'marketplace:write' }, 'invalid_scope'],
    ['no token', { refresh_token: '' }, 'invalid_request'],
  ])('is refused with %s, and stays good', async (_, change, error) => {
    const { signedIn, token, refreshForm } = harness();
    const { refresh } = await signedIn();
    expect((await token(refreshForm(refresh, change))).json['error']).toBe(error);
    expect((await token(refreshForm(refresh))).status).toBe(200);
  });

  it.each([
    [{ scope: 'marketplace:write' }, 'The user has not allowed this scope'],
    [{ resource: BASE }, 'The authorization was not for this resource'],
    [{ scope: 'admin' }, 'None of the scopes is known'],
    [{ resource: 'https://other.example/api' }, 'The resource is not one of this server'],
  ])('with %j is told what is wrong with it', async (change, words) => {
    const { signedIn, token, refreshForm } = harness();
    const { refresh } = await signedIn({ ...APP_REQUEST, resource: `${BASE}/mcp` });
    expect((await token(refreshForm(refresh, change))).json['error_description']).toContain(words);
  });

  it('is over after 90 days without use', async () => {
    const { signedIn, token, refreshForm, passSeconds } = harness();
    const { refresh } = await signedIn();
    passSeconds(90 * 86_400);
    expect((await token(refreshForm(refresh))).json['error']).toBe('invalid_grant');
  });
});
