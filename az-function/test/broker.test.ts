/** The broker behind the Function App's gateway: its contract, below the route prefix, against the sandbox's sign-in. */
import { SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ask,
  BROKER_ENVIRONMENT,
  CLIENT_TOKEN,
  consent,
  finalize,
  members,
  pathOf,
  search,
  signedIn,
  start,
  status,
  visit,
} from './support/brokerClient.ts';
import { type Reply, send } from './support/send.ts';
import { openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const TRACK = { artist: 'Nirvana', title: 'Smells Like Teen Spirit', album: null };
const BROWSER = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };

const gateways: TestGateway[] = [];
async function open(environment: TestGatewayOptions['environment'] = {}): Promise<TestGateway> {
  const gateway = await openTestGateway({ environment: { ...BROKER_ENVIRONMENT, ...environment } });
  gateways.push(gateway);
  return gateway;
}
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

const runPrune = ({ url }: TestGateway): Promise<Reply> =>
  send(url, '/admin/functions/broker_prune', { method: 'POST' });

describe('the broker of a Function App', () => {
  it.each([undefined, 'false', 'yes'])('is not there with BROKER_ENABLED=%s', async (BROKER_ENABLED) => {
    const gateway = await open({ BROKER_ENABLED });
    const reply = await gateway.ask('/v1/health');
    expect([reply.status, members(reply)['reason']]).toEqual([404, 'no_such_route']);
    expect((await runPrune(gateway)).status).toBe(404);
  });

  it('takes an app from start to search, and signs it out', async () => {
    const { url, sandbox } = await open();
    expect(members(await ask(url, '/v1/health'))).toMatchObject({
      status: 'ok',
      broker_client_auth: {
        mode: 'token_required',
        token_configured: true,
        allow_unauthenticated_broker: false,
      },
    });
    const pair = await start(url);
    expect(pair.authUrl).toBe(
      `${url}/api/v1/discogs/oauth/link?device_id=${pair.deviceId}&pending_token=${pair.pendingToken}`,
    );
    expect(members(await status(url, pair))['status']).toBe('pending');
    const callback = await consent(url, sandbox.url, pair);
    expect(callback).toContain(`${url}/api/v1/discogs/oauth/callback?`);
    const linked = await visit(url, callback);
    expect([linked.status, linked.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(linked.text).toContain('Discogs linked');
    expect(linked.text).toContain(`Discogs account: ${SANDBOX_USERNAME}`);
    expect(linked.headers['content-security-policy']).toContain("default-src 'none'");
    expect(members(await status(url, pair))['status']).toBe('authorized');
    const { session_token: token } = members(await finalize(url, pair));
    expect(token).toMatch(/^[0-9a-f]{96}$/);
    const first = await search(url, String(token), TRACK);
    expect([first.status, members(first)['cache_hit']]).toEqual([200, false]);
    expect(members(first)['result']).toMatchObject({ title: expect.stringContaining('Nirvana') });
    const calls = sandbox.requests.length;
    expect(members(await search(url, String(token), TRACK))['cache_hit']).toBe(true);
    expect(sandbox.requests).toHaveLength(calls);
    const bearer = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
    expect((await ask(url, '/v1/device/session/revoke', bearer)).status).toBe(200);
    expect((await search(url, String(token), TRACK)).status).toBe(401);
  });

  it('tells of sign-ins, searches and refusals in the log and in the status, and of no secret', async () => {
    const gateway = await open();
    const { url, sandbox } = gateway;
    const brokerOf = async () => members(await gateway.ask('/status'))['broker'];
    const nothing = { sign_ins_started: 0, sign_ins_linked: 0, searches: 0 };
    const quiet = { ...nothing, client_errors: 0, rate_limited: 0, errors: 0 };
    expect(await brokerOf()).toEqual({ enabled: true, last_hour: quiet });
    const { sessionToken, pendingToken, deviceId } = await signedIn(url, sandbox.url);
    expect((await search(url, sessionToken, TRACK)).status).toBe(200);
    expect((await search(url, 'no-session', TRACK)).status).toBe(401);
    expect((await ask(url, '/v1/health')).status).toBe(200);
    expect((await ask(url, '/v1/nowhere?token=typed-by-mistake')).status).toBe(404);
    expect(await brokerOf()).toEqual({
      enabled: true,
      last_hour: { ...quiet, sign_ins_started: 1, sign_ins_linked: 1, searches: 1, client_errors: 2 },
    });
    const lines = [
      '"route":"/v1/device/session/start","method":"POST","status":200,"elapsed_ms":',
      '"route":"/v1/discogs/oauth/callback","method":"GET","status":200,"elapsed_ms":',
      '"route":"/v1/discogs/proxy/search","method":"POST","status":200,"elapsed_ms":',
      '"route":"/v1/discogs/proxy/search","method":"POST","status":401,"reason":"bearer_invalid"',
      '"route":"other","method":"GET","status":404,"reason":"no_route"',
    ];
    for (const line of lines) await gateway.line('broker_request: {"event":"broker_request",', line);
    for (const secret of [sessionToken, pendingToken, deviceId, CLIENT_TOKEN, 'typed-by-mistake']) {
      expect(gateway.lines.filter((line) => line.includes('broker_request')).join()).not.toContain(secret);
    }
    // Anybody may ask for these as often as they like.
    expect(gateway.lines.join()).not.toContain('"route":"/v1/health"');
  });

  it('writes ten lines of refusals in a second at most, and then how many were left out', async () => {
    const gateway = await open();
    await Promise.all(Array.from({ length: 60 }, () => ask(gateway.url, '/v1/nowhere')));
    // With the first request of a later second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await ask(gateway.url, '/v1/health');
    await gateway.line('broker_request: {"event":"broker_request","suppressed":');
    expect(gateway.lines.filter((line) => line.includes('"reason":"no_route"')).length).toBeLessThan(60);
    expect(members(await gateway.ask('/status'))['broker']).toMatchObject({
      last_hour: { client_errors: 60 },
    });
  });

  it('finds what shops and tags spell in their own way, and calls exact only what was asked for', async () => {
    const { url, sandbox } = await open();
    const { sessionToken } = await signedIn(url, sandbox.url);
    const found = async (artist: string, title: string, album: string | null) => {
      const calls = sandbox.requests.length;
      const { result, match_quality: quality } = members(
        await search(url, sessionToken, { artist, title, album }),
      );
      return [quality, result === null, sandbox.requests.length - calls];
    };
    const album = 'Nevermind (Deluxe Edition) CD1';
    expect(await found('Nirvana feat. Nobody', 'Come As You Are', album)).toEqual(['fuzzy', false, 1]);
    expect(await found('Nirvana', 'Come As You Are', 'No Album Of Theirs')).toEqual(['fuzzy', false, 2]);
    const single = 'One More Time (Original Mix)';
    expect(await found('Daft Punk', single, 'One More Time - Single')).toEqual(['exact', false, 1]);
    const remix = 'One More Time feat. Romanthony - Club Mix';
    expect(await found('Daft Punk', remix, null)).not.toContain('exact');
    expect(await found('Daft Punk', 'One More Time ft. Romanthony', null)).toEqual(['exact', false, 1]);
  });

  it('sends a browser to the consent page only after a page that asks', async () => {
    const { url } = await open();
    const { authUrl } = await start(url);
    const page = await visit(url, authUrl, BROWSER);
    expect([page.status, page.headers['location']]).toEqual([200, undefined]);
    const href = /href="([^"]*confirm=[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const address = new URL(href, `${url}/api/v1/discogs/oauth/link`).href;
    const { status: found, headers } = await visit(url, address, BROWSER);
    expect(found).toBe(302);
    expect(headers['location']).toMatch(/^https:\/\/www\.discogs\.com\/oauth\/authorize\?oauth_token=/);
  });

  it('ends a sign-in that the user does not want', async () => {
    const { url, sandbox } = await open();
    const pair = await start(url);
    const denied = await visit(url, await consent(url, sandbox.url, pair, 'deny'));
    expect([denied.status, denied.text]).toEqual([
      400,
      expect.stringContaining('You denied the app access to your Discogs account.'),
    ]);
    expect(members(await status(url, pair))['status']).toBe('expired');
  });

  it('answers every other path below v1 as the contract says, whatever the method', async () => {
    const { url } = await open();
    for (const [method, path] of [
      ['GET', '/v1/nowhere'],
      ['PUT', '/v1/device/session/start'],
      ['OPTIONS', '/v1/health'],
    ] as const) {
      const reply = await ask(url, path, { method });
      expect([reply.status, members(reply)]).toEqual([
        404,
        { error: 'not_found', message: `No route for ${method} ${path}` },
      ]);
    }
    expect((await ask(url, '/v1/health', { method: 'HEAD' })).status).toBe(404);
  });

  it('writes BROKER_PUBLIC_BASE_URL into the addresses that it gives', async () => {
    const { url } = await open({ BROKER_PUBLIC_BASE_URL: 'https://music.example/api/' });
    expect((await start(url)).authUrl).toMatch(/^https:\/\/music\.example\/api\/v1\/discogs\/oauth\/link\?/);
  });

  it('leaves the key of the proxy to the proxy, and its own routes to its own token', async () => {
    const { url } = await open({ X_API_KEY: undefined });
    expect((await start(url)).deviceId).toMatch(/^[0-9a-f]{40}$/);
    expect((await ask(url, '/artists/108713')).status).toBe(503);
  });
});

describe('the failure triage through the Function App', () => {
  const FINALIZE = '/v1/device/session/finalize';
  const STRANGER = { deviceId: 'd', pendingToken: 'p', authUrl: '' };
  const ROWS: readonly [signal: string, cause: (gateway: TestGateway) => Promise<Reply>][] = [
    [
      '401 invalid broker client token',
      ({ url }) => ask(url, '/v1/device/session/start', { method: 'POST' }),
    ],
    ['401 invalid broker client token', ({ url }) => ask(url, '/v1/device/session/status')],
    ['401 invalid broker client token', ({ url }) => ask(url, FINALIZE, { method: 'POST', body: '{}' })],
    ['404 device session not found', ({ url }) => status(url, STRANGER)],
    ['404 device session not found', ({ url }) => finalize(url, STRANGER)],
    ['409 device session is not authorized yet', async ({ url }) => finalize(url, await start(url))],
    [
      '401 missing bearer session token',
      ({ url }) => ask(url, '/v1/discogs/proxy/search', { method: 'POST', body: '{}' }),
    ],
    ['401 invalid or expired broker session', ({ url }) => search(url, 'stale', TRACK)],
    [
      '400 artist and title are required',
      async ({ url, sandbox }) => {
        const { sessionToken } = await signedIn(url, sandbox.url);
        return search(url, sessionToken, { title: 't' });
      },
    ],
    [
      '413 request body is too large',
      async ({ url }) =>
        ask(url, FINALIZE, {
          method: 'POST',
          headers: { 'x-reklawdbox-broker-token': CLIENT_TOKEN },
          body: JSON.stringify({ device_id: 'x'.repeat(9000) }),
        }),
    ],
  ];

  it('shows every row that needs no waiting', async () => {
    const gateway = await open();
    for (const [signal, cause] of ROWS) {
      const reply = await cause(gateway);
      expect(`${reply.status} ${members(reply)['message']}`).toBe(signal);
    }
  });

  it('shows the rows of what is over', async () => {
    const { url, sandbox } = await open({ DEVICE_SESSION_TTL_SECONDS: '2', SESSION_TOKEN_TTL_SECONDS: '2' });
    const { sessionToken } = await signedIn(url, sandbox.url);
    const pair = await start(url);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const late = await finalize(url, pair);
    expect([late.status, members(late)['message']]).toEqual([410, 'device session expired; restart auth']);
    const over = await search(url, sessionToken, TRACK);
    expect([over.status, members(over)['message']]).toEqual([401, 'invalid or expired broker session']);
  });
});

describe('a broker that is not configured', () => {
  it.each(['DISCOGS_CONSUMER_KEY', 'DISCOGS_CONSUMER_SECRET', 'BROKER_STATE_ENCRYPTION_KEY'])(
    'answers 503 while the reference in %s is not resolved, and tells only its owner',
    async (name) => {
      const gateway = await open({
        [name]: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/X)',
      });
      const headers = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
      const reply = await ask(gateway.url, '/v1/device/session/start', { method: 'POST', headers });
      expect([reply.status, members(reply)]).toEqual([
        503,
        { error: 'service_unavailable', message: 'discogs auth is not configured' },
      ]);
      expect(await gateway.line(name, 'is not resolved')).not.toContain('kv.vault');
    },
  );

  it('takes no reference for a client token', async () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/X)';
    const { url } = await open({ BROKER_CLIENT_TOKEN: reference });
    const headers = { 'x-reklawdbox-broker-token': reference };
    const reply = await ask(url, '/v1/device/session/start', { method: 'POST', headers });
    expect(reply.status).toBe(401);
    expect(members(reply)['message']).toContain('broker client token is required');
  });

  it('forgets nothing into this process when the table of its settings cannot be used', async () => {
    const { url } = await open({ STATE_STORE: 'table' });
    const headers = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
    expect((await ask(url, '/v1/device/session/start', { method: 'POST', headers })).status).toBe(503);
  });
});

describe('the budget of proxy and broker', () => {
  const used = async (gateway: TestGateway): Promise<number> =>
    Number((await gateway.ask('/artists/108713')).headers['x-discogs-ratelimit-used']);

  it('is one window', async () => {
    const gateway = await open();
    const before = await used(gateway);
    // Request token, access token, identity.
    const { sessionToken } = await signedIn(gateway.url, gateway.sandbox.url);
    await search(gateway.url, sessionToken, TRACK);
    expect(await used(gateway)).toBe(before + 5);
  });

  it('has one pause: after a 429 for the proxy the broker asks Discogs nothing, and shows what it has', async () => {
    const gateway = await open();
    const { sessionToken } = await signedIn(gateway.url, gateway.sandbox.url);
    await search(gateway.url, sessionToken, TRACK);
    gateway.sandbox.fault({
      path: '/artists/108713',
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '50' } },
    });
    expect((await gateway.ask('/artists/108713')).status).toBe(429);
    const calls = gateway.sandbox.requests.length;
    const refused = await search(gateway.url, sessionToken, {
      artist: 'Björk',
      title: 'Hyperballad',
      album: null,
    });
    expect([refused.status, members(refused)['error']]).toEqual([429, 'discogs_rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(40);
    expect((await search(gateway.url, sessionToken, TRACK)).status).toBe(200);
    expect(gateway.sandbox.requests).toHaveLength(calls);
  });

  it('keeps DISCOGS_MIN_INTERVAL_MS between all calls, where it is set', async () => {
    const gateway = await open({ DISCOGS_MIN_INTERVAL_MS: '300' });
    const pair = await start(gateway.url);
    await Promise.all([
      ask(gateway.url, pathOf(pair.authUrl)),
      gateway.ask('/artists/108713'),
      gateway.ask('/labels/1'),
    ]);
    const times = gateway.sandbox.requests.map(({ at }) => at).sort((a, b) => a - b);
    expect(times).toHaveLength(3);
    // Sent 300 ms apart; on their way to the sandbox they may come closer, or further apart.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(400);
  });
});

describe('the prune', () => {
  it('runs when its timer does, and removes nothing the first time', async () => {
    const gateway = await open();
    expect((await runPrune(gateway)).status).toBe(202);
    expect(await gateway.line('broker_prune removed=')).toContain('broker_prune removed={}');
  });
});
