/** From Discogs back to the app: the user's name, the question, and the answer. */
import { describe, expect, it } from '@jest/globals';
import { APP_REQUEST, GPT_REQUEST, harness } from './support/harness.ts';

const requestTokenOf = (location: URL | undefined): string => location?.searchParams.get('oauth_token') ?? '';

describe('the page that asks', () => {
  it('says who asks, for what, and as whom', async () => {
    const { toConsent } = harness();
    const { status, text, headers } = await toConsent();
    expect(status).toBe(200);
    expect(text).toContain('You are signed in at Discogs as some_user');
    expect(text).toContain('app.example');
    expect(text).toContain('Change your collection');
    expect(text).not.toContain('Sell for you');
    expect(text).not.toContain('<script');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['https://app.example/callback', ''],
    ['http://127.0.0.1:4000/back', ''],
    ['http://[::1]/back', ' http:'],
    ['my.app:/back', ' my.app:'],
  ])('lets the browser go on from %s to wherever the app leads it', async (redirect_uri, more) => {
    const clients = [{ client_id: 'my-app', redirect_uris: [redirect_uri.replace(':4000', '')] }];
    const { toConsent } = harness({ environment: { SIGN_IN_CLIENTS: JSON.stringify(clients) } });
    const { headers } = await toConsent({ ...APP_REQUEST, redirect_uri });
    expect(/form-action ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1]).toBe(
      `'self' https: http://127.0.0.1:* http://localhost:*${more}`,
    );
  });

  it('names a program on this computer as one', async () => {
    const { toConsent } = harness();
    const { text } = await toConsent({ ...APP_REQUEST, redirect_uri: 'http://127.0.0.1:4000/back' });
    expect(text).toContain('a program on this computer (127.0.0.1)');
  });

  it('leads back to the app with a code, the state as it was, and the issuer', async () => {
    const { toConsent, decide } = harness();
    const { status, location } = await decide(await toConsent());
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([303, APP_REQUEST.redirect_uri]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^dac_[0-9a-f]{32}_[0-9a-f]{64}$/),
      state: 'st&te=1',
      iss: 'https://gateway.example/api',
    });
  });

  it('leads back without a code when the user says no', async () => {
    const { toConsent, decide, stores } = harness();
    const { location } = await decide(await toConsent(), 'deny');
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      error: 'access_denied',
      state: 'st&te=1',
    });
    expect(await stores.grants.ownedBy('42', 9)).toEqual([]);
  });

  it('leaves a reason in the log for each end that is no sign-in, and for reused tokens which one', async () => {
    const world = harness();
    await world.decide(await world.toConsent(), 'deny');
    const code = await world.code();
    await world.token(world.codeForm(code));
    await world.token(world.codeForm(code));
    const reasons = world.events.flatMap(({ route, status, reason }) =>
      reason ? [[route, status, reason]] : [],
    );
    expect(reasons).toEqual([
      ['/authorize/consent', 303, 'denied'],
      ['/token', 400, 'code_invalid.reused'],
    ]);
  });

  it.each([['allow', 1] as const, ['deny', 0] as const])(
    'takes %s once, and leads a double click to the same place',
    async (decision, count) => {
      const { toConsent, answerOf, ask, stores } = harness();
      const consent = await toConsent();
      const answer = (given: string) => ask('POST', 'authorize/consent', { form: answerOf(consent, given) });
      const answers = await Promise.all([decision, decision].map(answer));
      answers.push(await answer(decision));
      expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
      expect(new Set(answers.map(({ location }) => location?.href)).size).toBe(1);
      expect((await answer(decision === 'allow' ? 'deny' : 'allow')).status).toBe(410);
      expect(await stores.grants.ownedBy('42', 9)).toHaveLength(count);
    },
  );

  it('leads to no code that was used, and to none after a minute', async () => {
    const { toConsent, decide, token, codeForm, tokensOf, isGood, passSeconds } = harness();
    const [used, late] = [await toConsent(), await toConsent()];
    const code = (await decide(used)).location?.searchParams.get('code') ?? '';
    const { access } = tokensOf(await token(codeForm(code)));
    await decide(late);
    expect([(await decide(used)).status, await isGood(access)]).toEqual([410, true]);
    passSeconds(60);
    expect((await decide(late)).status).toBe(410);
  });

  it.each([
    ['of another browser', {}, true, 403],
    [
      'sent by a page of another site',
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      false,
      403,
    ],
    ['of another origin', { origin: 'https://evil.example' }, false, 403],
  ])('takes no answer %s', async (_, headers, isOther, expected) => {
    const { toConsent, answerOf, ask, newJar, stores } = harness();
    const form = answerOf(await toConsent(), 'allow');
    const { status } = await ask('POST', 'authorize/consent', {
      form,
      headers,
      ...(isOther ? { jar: newJar() } : {}),
    });
    expect(status).toBe(expected);
    expect(await stores.grants.ownedBy('42', 9)).toEqual([]);
  });

  it('takes no answer without the proof of its form', async () => {
    const { toConsent, answerOf, ask } = harness();
    const form = { ...answerOf(await toConsent(), 'allow'), proof: '0'.repeat(64) };
    expect((await ask('POST', 'authorize/consent', { form })).status).toBe(403);
  });

  it('is over after ten minutes', async () => {
    const { toConsent, decide, passSeconds } = harness();
    const consent = await toConsent();
    passSeconds(600);
    expect((await decide(consent)).status).not.toBe(303);
  });

  it('keeps two sign-ins in one browser apart', async () => {
    const { authorize, approved, ask, decide, discogs } = harness();
    const first = requestTokenOf((await authorize()).location);
    const second = requestTokenOf((await authorize(GPT_REQUEST)).location);
    const pages = [];
    for (const token of [second, first]) {
      const returned = await ask('GET', approved(token));
      pages.push(await ask('GET', returned.location?.href ?? ''));
    }
    const [gpt, app] = pages;
    if (!gpt || !app) throw new Error('no page');
    expect([gpt.text.includes('chatgpt.com'), app.text.includes('app.example')]).toEqual([true, true]);
    expect((await decide(app)).location?.host).toBe('app.example');
    expect((await decide(gpt)).location?.host).toBe('chatgpt.com');
    expect(discogs.calls.filter((call) => call === 'accessToken')).toHaveLength(2);
  });

  it('tells the app when the grant cannot be stored, and leaves nothing behind', async () => {
    const { toConsent, decide, stores } = harness();
    const consent = await toConsent();
    const { insert } = stores.grants;
    Object.assign(stores.grants, { insert: () => Promise.reject(new Error('away')) });
    const { location } = await decide(consent);
    Object.assign(stores.grants, { insert });
    expect(location?.searchParams.get('error')).toBe('temporarily_unavailable');
    expect(await stores.grants.ownedBy('42', 9)).toEqual([]);
  });
});

describe('the way back from Discogs', () => {
  it('sends the app a no when the user declines at Discogs', async () => {
    const { authorize, ask, discogs } = harness();
    const token = requestTokenOf((await authorize()).location);
    const { location } = await ask('GET', `${discogs.callbackOf(token)}&denied=${token}`);
    expect(location?.host).toBe('app.example');
    expect(location?.searchParams.get('error')).toBe('access_denied');
  });

  it('is refused in another browser, and spends nothing', async () => {
    const { authorize, approved, ask, newJar, discogs } = harness();
    const token = requestTokenOf((await authorize()).location);
    expect((await ask('GET', approved(token), { jar: newJar() })).status).toBe(403);
    expect(discogs.calls).toEqual(['requestToken']);
  });

  it('refuses the token of another sign-in', async () => {
    const { authorize, approved, ask } = harness();
    const first = requestTokenOf((await authorize()).location);
    const second = requestTokenOf((await authorize()).location);
    expect(
      (await ask('GET', approved(first).replace(`oauth_token=${first}`, `oauth_token=${second}`))).status,
    ).toBe(400);
  });

  it.each([
    ['unreachable', { kind: 'unreachable' } as const, 502],
    ['busy', { kind: 'busy', retryAfterSeconds: 7 } as const, 503],
  ])('can be loaded again after Discogs was %s between the halves', async (_, failure, status) => {
    const { authorize, approved, ask, discogs } = harness();
    const back = approved(requestTokenOf((await authorize()).location));
    discogs.failing.accessToken = failure;
    expect((await ask('GET', back)).status).toBe(status);
    discogs.failing.accessToken = undefined;
    discogs.failing.identity = failure;
    expect((await ask('GET', back)).status).toBe(status);
    discogs.failing.identity = undefined;
    expect((await ask('GET', back)).location?.pathname).toBe('/api/authorize/consent');
    expect((await ask('GET', back)).location?.pathname).toBe('/api/authorize/consent');
    expect(discogs.calls).toEqual(['requestToken', 'accessToken', 'accessToken', 'identity', 'identity']);
  });

  it.each([
    [401, 'Start again in the app'],
    [503, 'reload this page'],
  ])('says what helps after Discogs has answered %i', async (status, next) => {
    const { authorize, approved, ask, discogs, events } = harness();
    const back = approved(requestTokenOf((await authorize()).location));
    discogs.failing.accessToken = { kind: 'refused', status };
    expect((await ask('GET', back)).text).toContain(next);
    expect(events.at(-1)?.reason).toBe('discogs.refused');
  });

  it('finds nothing under a name that no sign-in has, also where the store has something', async () => {
    const { ask, server, events } = harness();
    await server.prune();
    for (const id of ['last-prune', 'x'.repeat(5000)]) {
      expect((await ask('GET', `authorize/callback?request=${id}`)).status).toBe(410);
    }
    expect(events.map(({ reason }) => reason)).toEqual(['request_over', 'request_over']);
  });

  it('spends a verifier once, however often it is loaded at once', async () => {
    const { authorize, approved, ask, discogs } = harness();
    const back = approved(requestTokenOf((await authorize()).location));
    const statuses = (await Promise.all([1, 2, 3].map(() => ask('GET', back)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(discogs.calls.filter((call) => call === 'accessToken')).toHaveLength(1);
  });

  it('needs the name of the user', async () => {
    const { authorize, approved, ask, discogs } = harness();
    discogs.username = null;
    expect((await ask('GET', approved(requestTokenOf((await authorize()).location)))).status).toBe(502);
  });
});
