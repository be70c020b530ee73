import type { SignatureMethod } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { answerConsent, SANDBOX_TOKEN, SANDBOX_USERNAME } from '../src/index.ts';
import { application, CALLBACK, got } from './support/discogsUser.ts';
import { at, sandboxed, USER_AGENT } from './support/sandboxed.ts';

let clock = 1_800_000_000_000;
const now = (): number => clock;
const discogs = sandboxed({ now, limits: { authenticated: 1_000, anonymous: 1_000 } });
const app = (method: SignatureMethod = 'HMAC-SHA1') => application(discogs.sandbox, method, now);
const refused = (status: number) => ({ ok: false, failure: { kind: 'refused', status } });

describe.each<[SignatureMethod]>([['PLAINTEXT'], ['HMAC-SHA1']])('a sign-in with %s', (method) => {
  it('goes from the request token over the consent to a user of the API', async () => {
    const { signIn, deadline } = app(method);
    const requestToken = got(await signIn.requestToken(CALLBACK, deadline()));
    const page = await fetch(signIn.authorizeUrl(requestToken.token));
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(page.headers.get('x-discogs-ratelimit')).toBeNull();
    const html = await page.text();
    expect(html).toContain('value="approve"');
    expect(html).toContain('value="deny"');

    const { status, location } = await answerConsent(signIn.authorizeUrl(requestToken.token), 'approve');
    expect(status).toBe(302);
    const back = new URL(location ?? '');
    expect(back.href.startsWith('https://broker.example/callback?device_id=a+b&pending_token=c%26d&')).toBe(
      true,
    );
    expect(back.searchParams.get('oauth_token')).toBe(requestToken.token);

    const verifier = back.searchParams.get('oauth_verifier') ?? '';
    const access = got(await signIn.accessToken(requestToken, verifier, deadline()));
    expect(got(await signIn.identity(access, deadline()))).toEqual({
      id: expect.any(Number),
      username: SANDBOX_USERNAME,
    });
    expect(discogs.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /oauth/request_token',
      'POST /oauth/access_token',
      'GET /oauth/identity',
    ]);
  });

  it('opens every other call to the user who consented, query and all', async () => {
    const { accessToken, headers } = app(method);
    const token = await accessToken('quiet_listener');
    const search = "/database/search?artist=Bj%C3%B6rk&track=It's+Oh+So+Quiet!&type=release&per_page=15";
    const found = await discogs.call(search, { headers: await headers('GET', search, { token }) });
    expect([found.status, found.headers.get('x-discogs-ratelimit')]).toEqual([200, '1000']);

    const wants = '/users/quiet_listener/wants';
    expect((await discogs.call(wants)).status).toBe(403);
    const own = await discogs.call(wants, { headers: await headers('GET', wants, { token }) });
    expect([own.status, at(own.body, 'pagination', 'items')]).toEqual([200, 2]);

    const want = `${wants}/249504`;
    const put = await discogs.call(want, { method: 'PUT', headers: await headers('PUT', want, { token }) });
    expect(put.status).toBe(201);
  });

  it('is refused with a wrong consumer secret, token secret or verifier', async () => {
    const { signIn, approved, accessToken, deadline } = app(method);
    const consumer = { key: 'sandbox-consumer-key', secret: 'wrong' };
    const stranger = application(discogs.sandbox, method, now, { consumer });
    expect(await stranger.signIn.requestToken(CALLBACK, deadline())).toEqual(refused(401));

    const { requestToken, verifier } = await approved();
    const forged = { ...requestToken, secret: 'wrong' };
    expect(await signIn.accessToken(forged, verifier, deadline())).toEqual(refused(401));
    expect(await signIn.accessToken(requestToken, 'wrong', deadline())).toEqual(refused(400));

    const access = await accessToken();
    expect(await signIn.identity({ ...access, secret: 'wrong' }, deadline())).toEqual(refused(401));
    expect(await signIn.identity(requestToken, deadline())).toEqual(refused(401));
  });

  it('spends a request token once', async () => {
    const { signIn, approved, deadline } = app(method);
    const { requestToken, verifier } = await approved();
    got(await signIn.accessToken(requestToken, verifier, deadline()));
    expect(await signIn.accessToken(requestToken, verifier, deadline())).toEqual(refused(400));
    expect((await answerConsent(signIn.authorizeUrl(requestToken.token), 'approve')).status).toBe(400);
  });

  it('is over after 15 minutes, before and after the consent', async () => {
    const { signIn, approved, deadline } = app(method);
    const asked = got(await signIn.requestToken(CALLBACK, deadline()));
    const { requestToken, verifier } = await approved();
    clock += 15 * 60_000;
    expect((await fetch(signIn.authorizeUrl(asked.token))).status).toBe(400);
    expect(await signIn.accessToken(requestToken, verifier, deadline())).toEqual(refused(400));
  });

  it('refuses a request that was here before, and lets the next one in', async () => {
    const { accessToken, headers } = app(method);
    const token = await accessToken();
    const signed = await headers('GET', '/oauth/identity', { token });
    const answers = [
      await discogs.call('/oauth/identity', { headers: signed }),
      await discogs.call('/oauth/identity', { headers: signed }),
      await discogs.call('/oauth/identity', { headers: await headers('GET', '/oauth/identity', { token }) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
  });

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])('with a clock %i seconds off is let in: %s', async (seconds, fine) => {
    const skewed = application(discogs.sandbox, method, () => clock + seconds * 1_000);
    const deadline = clock + 600_000;
    expect((await skewed.signIn.requestToken(CALLBACK, deadline)).ok).toBe(fine);
  });

  it('answers a revoked grant with 401 wherever it is used, and leaves the others alone', async () => {
    const { accessToken, headers } = app(method);
    const [digger, quiet] = [await accessToken(), await accessToken('quiet_listener')];
    expect(discogs.sandbox.revoke(SANDBOX_USERNAME)).toBe(1);
    for (const path of ['/oauth/identity', '/database/search?q=nevermind', '/releases/249504']) {
      const revoked = await discogs.call(path, { headers: await headers('GET', path, { token: digger }) });
      expect([path, revoked.status]).toEqual([path, 401]);
      const kept = await discogs.call(path, { headers: await headers('GET', path, { token: quiet }) });
      expect([path, kept.status]).toEqual([path, 200]);
    }
  });
});

describe('HMAC-SHA1', () => {
  it.each([
    ['another path', 'GET', '/releases/1?curr_abbr=EUR'],
    ['another query', 'GET', '/releases/249504?curr_abbr=GBP'],
    ['another method', 'PUT', '/releases/249504?curr_abbr=EUR'],
  ])('covers the request: a signature for %s does not fit', async (_, method, path) => {
    const { accessToken, headers } = app();
    const token = await accessToken();
    const call = '/releases/249504?curr_abbr=EUR';
    const signed = await headers(method, path, { token });
    expect((await discogs.call(call, { headers: signed })).status).toBe(401);
    expect((await discogs.call(call, { headers: await headers('GET', call, { token }) })).status).toBe(200);
  });
});

describe('the consent page', () => {
  it('sends a browser back without a verifier when the user denies', async () => {
    const { signIn, deadline } = app();
    const requestToken = got(await signIn.requestToken(CALLBACK, deadline()));
    const { status, location } = await answerConsent(signIn.authorizeUrl(requestToken.token), 'deny');
    const back = new URL(location ?? '');
    expect([status, back.searchParams.get('device_id')]).toEqual([302, 'a b']);
    expect(back.searchParams.get('denied')).toBe(requestToken.token);
    expect(back.searchParams.has('oauth_verifier')).toBe(false);
    expect(await signIn.accessToken(requestToken, '', deadline())).toEqual(refused(400));
  });

  it('shows the code, or that access was denied, when there is no callback', async () => {
    const { signIn, deadline } = app();
    const requestToken = got(await signIn.requestToken('oob', deadline()));
    const page = await answerConsent(signIn.authorizeUrl(requestToken.token), 'approve');
    expect([page.status, page.location]).toEqual([200, null]);
    const verifier = /<code>(\w+)<\/code>/.exec(page.html)?.[1] ?? '';
    got(await signIn.accessToken(requestToken, verifier, deadline()));

    const other = got(await signIn.requestToken('oob', deadline()));
    const denied = await answerConsent(signIn.authorizeUrl(other.token), 'deny');
    expect([denied.status, denied.location]).toEqual([200, null]);
  });

  it('takes an answer once, from users it knows, and its own form only', async () => {
    const { signIn, deadline } = app();
    const requestToken = got(await signIn.requestToken(CALLBACK, deadline()));
    const url = signIn.authorizeUrl(requestToken.token);
    expect((await answerConsent(url, 'approve', 'nobody')).status).toBe(400);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
    expect((await answerConsent(url, 'approve')).status).toBe(302);
    expect((await answerConsent(url, 'deny')).status).toBe(400);
    expect((await fetch(url)).status).toBe(400);
  });

  it('shows nothing of what a stranger puts into its address', async () => {
    const page = await fetch(`${discogs.sandbox.url}/oauth/authorize?oauth_token=%3Cscript%3E`);
    expect(page.status).toBe(400);
    expect(await page.text()).not.toContain('<script');
  });
});

describe('a token call that is not one', () => {
  const CONSUMER = 'oauth_consumer_key="sandbox-consumer-key"';
  const signedAt = (seconds: number) =>
    `oauth_timestamp="${seconds}", oauth_signature_method="PLAINTEXT", oauth_signature="sandbox-consumer-secret%26"`;
  const USUAL = signedAt(clock / 1000);

  it.each([
    ['no OAuth at all', undefined, 500, undefined],
    ['a personal token', `Discogs token=${SANDBOX_TOKEN}`, 500, undefined],
    ['no consumer key', `OAuth ${USUAL}, oauth_nonce="n"`, 401, 'Parameter not found: oauth_consumer_key'],
    [
      'a wrong consumer key',
      `OAuth ${USUAL}, oauth_nonce="n", oauth_consumer_key="x"`,
      401,
      'Invalid consumer.',
    ],
    ['no nonce', `OAuth ${CONSUMER}, ${USUAL}`, 400, expect.stringMatching(/^This URL is an OAuth endpoint/)],
    [
      'a nonce of 65 characters',
      `OAuth ${CONSUMER}, ${USUAL}, oauth_nonce="${'n'.repeat(65)}"`,
      400,
      expect.anything(),
    ],
    ['milliseconds', `OAuth ${CONSUMER}, ${signedAt(clock)}, oauth_nonce="n"`, 400, expect.anything()],
    [
      'an unknown method',
      `OAuth ${CONSUMER}, ${USUAL.replace('PLAINTEXT', 'MD5')}, oauth_nonce="n"`,
      400,
      expect.anything(),
    ],
    [
      'another version',
      `OAuth ${CONSUMER}, ${USUAL}, oauth_nonce="n", oauth_version="2.0"`,
      400,
      expect.anything(),
    ],
    ['a broken escape', `OAuth ${CONSUMER}, ${USUAL}, oauth_nonce="%zz"`, 400, expect.anything()],
    [
      'a parameter twice',
      `OAuth ${CONSUMER}, ${CONSUMER}, ${USUAL}, oauth_nonce="n"`,
      400,
      expect.anything(),
    ],
    [
      'a callback that is no address',
      `OAuth ${CONSUMER}, ${USUAL}, oauth_nonce="n", oauth_callback="javascript%3A1"`,
      400,
      expect.anything(),
    ],
  ])('is refused as Discogs does: %s', async (_, authorization, status, text) => {
    clock = 1_800_000_000_000;
    const headers = {
      ...USER_AGENT,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
    const answer = await discogs.call('/oauth/request_token', { headers });
    expect(answer.status).toBe(status);
    if (text === undefined) return;
    expect([answer.body, answer.headers.get('content-type')]).toEqual([text, 'text/plain']);
  });
});

describe('older ways to ask for tokens', () => {
  it('work: the callback and the verifier in the query, GET, the consumer secret alone', async () => {
    const { headers, signIn } = app('PLAINTEXT');
    const asked = `/oauth/request_token?oauth_callback=${encodeURIComponent(CALLBACK)}`;
    const answer = await discogs.call(asked, { headers: await headers('GET', asked) });
    expect(answer.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    const fields = new URLSearchParams(String(answer.body));
    expect(fields.get('oauth_callback_confirmed')).toBe('true');
    const token = { token: fields.get('oauth_token') ?? '', secret: '' };
    const { location } = await answerConsent(signIn.authorizeUrl(token.token), 'approve');
    const verifier = new URL(location ?? '').searchParams.get('oauth_verifier');
    const exchange = `/oauth/access_token?oauth_verifier=${verifier}`;
    const granted = await discogs.call(exchange, { headers: await headers('GET', exchange, { token }) });
    expect([granted.status, String(granted.body)]).toEqual([
      200,
      expect.stringMatching(/^oauth_token=\w{40}&oauth_token_secret=\w{40}$/),
    ]);
  });
});

describe('a signed request without a token', () => {
  it('stands for the application: the larger rate and no user', async () => {
    const { headers } = app();
    const search = '/database/search?q=nevermind';
    expect((await discogs.call(search, { headers: await headers('GET', search) })).status).toBe(200);
    const identity = '/oauth/identity';
    expect((await discogs.call(identity, { headers: await headers('GET', identity) })).status).toBe(401);
  });
});

describe('a test from outside', () => {
  it('sees grants without their secrets and takes them back', async () => {
    const { accessToken, signIn, deadline } = app();
    const access = await accessToken();
    const listed = await discogs.call('/__sandbox/grants');
    expect(listed.body).toEqual({ grants: [{ token: access.token, username: SANDBOX_USERNAME }] });
    const revoke = (body: string) => discogs.call('/__sandbox/revoke', { method: 'POST', body });
    expect((await revoke('{"username": "quiet_listener"}')).body).toEqual({ revoked: 0 });
    expect((await revoke('{"name": "x"}')).status).toBe(400);
    expect((await revoke('{}')).body).toEqual({ revoked: 1 });
    expect(await signIn.identity(access, deadline())).toEqual(refused(401));
  });

  it('makes each step of a sign-in fail', async () => {
    const { signIn, approved, deadline } = app();
    const { requestToken, verifier } = await approved();
    const limited = { kind: 'status', status: 429, headers: { 'Retry-After': '9' } } as const;
    discogs.sandbox.fault({ path: '/oauth/request_token', fault: limited });
    expect(await signIn.requestToken(CALLBACK, deadline())).toEqual({
      ok: false,
      failure: { kind: 'rate_limited', retryAfterSeconds: 9 },
    });
    discogs.sandbox.fault({ path: '/oauth/access_token', fault: { kind: 'html', status: 503 } });
    expect(await signIn.accessToken(requestToken, verifier, deadline())).toEqual(refused(503));
    discogs.sandbox.fault({ path: '/oauth/authorize', fault: { kind: 'html', status: 502 } });
    expect((await fetch(signIn.authorizeUrl(requestToken.token))).status).toBe(502);
    const access = got(await signIn.accessToken(requestToken, verifier, deadline()));
    discogs.sandbox.fault({ path: '/oauth/identity', fault: { kind: 'empty', status: 200 } });
    expect(await signIn.identity(access, deadline())).toEqual({ ok: false, failure: { kind: 'invalid' } });
  });
});
