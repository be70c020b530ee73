import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { ask, browser } from './support/client.ts';

let broker: BrokerHere;
let token: string;

beforeAll(async () => {
  broker = await startBroker();
  token = await broker.app.signIn();
});
afterAll(() => broker.close());

/** Sends on and on, as no `fetch` does, until there is an answer. */
function sendEndless(authorization: string): Promise<{ readonly status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { authorization } };
    const sending = request(`${broker.url}/v1/discogs/proxy/search`, options, ({ statusCode }) => {
      clearInterval(timer);
      sending.destroy();
      resolve({ status: statusCode });
    });
    const timer = setInterval(() => sending.write('x'.repeat(4096)), 5);
    sending.on('error', reject);
  });
}

describe('the Worker', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/v1/health/'],
    ['POST', '/v1/health'],
    ['OPTIONS', '/v1/discogs/proxy/search'],
    ['DELETE', '/v1/device/session/start?x=1'],
  ])('has no route for %s %s', async (method, target) => {
    const { status, headers, json } = await ask(broker.url + target, { method });
    const path = target.replace(/\?.*/, '');
    expect([status, json]).toEqual([404, { error: 'not_found', message: `No route for ${method} ${path}` }]);
    expect(headers.get('allow')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers HEAD as a route that is not there, without a body', async () => {
    const { status, text } = await ask(`${broker.url}/v1/health`, { method: 'HEAD' });
    expect([status, text]).toEqual([404, '']);
  });

  it('says what its answers are, and that they are not to be stored', async () => {
    const { auth_url } = await broker.app.start();
    const [json, text, html, redirect] = await Promise.all([
      ask(`${broker.url}/v1/health`),
      ask(`${broker.url}/v1/discogs/oauth/link`),
      browser.visit(auth_url),
      ask(auth_url),
    ]);
    expect([json, text, html].map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/json; charset=utf-8',
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
    for (const { headers } of [json, text, html]) expect(headers.get('cache-control')).toBe('no-store');
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get('location')).toMatch(/\/oauth\/authorize\?oauth_token=\w+$/);
    for (const name of ['content-type', 'cache-control']) expect(redirect.headers.get(name)).toBeNull();
  });

  it.each<[string, string, number, string]>([
    ['nothing', '', 400, 'request body must be valid JSON'],
    ['null', 'null', 400, 'request body must be a JSON object'],
    ['a list', '[]', 400, 'request body must be a JSON object'],
    ['no JSON', '{"artist":', 400, 'request body must be valid JSON'],
    ['8193 bytes', JSON.stringify('x'.repeat(8191)), 413, 'request body is too large'],
    ['8192 bytes', JSON.stringify('x'.repeat(8190)), 400, 'request body must be a JSON object'],
  ])('answers a search with %s as its body', async (_, body, status, message) => {
    const reply = await ask(`${broker.url}/v1/discogs/proxy/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    });
    expect([reply.status, reply.json?.['message']]).toEqual([status, message]);
  });

  it('stops reading a body of unknown length when it is too large, and reads none of a stranger', async () => {
    expect((await sendEndless(`Bearer ${token}`)).status).toBe(413);
    expect((await sendEndless('Bearer stranger')).status).toBe(401);
  });

  it('gives 50 apps that finalize at once the same token, and again when the time to sign in is over', async () => {
    const pair = await broker.app.start();
    await browser.signIn(pair.auth_url);
    const replies = await Promise.all(Array.from({ length: 50 }, () => broker.app.finalize(pair)));
    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    await broker.database
      .prepare('UPDATE device_sessions SET expires_at = 1 WHERE device_id = ?1')
      .bind(pair.device_id)
      .all();
    const late = await broker.app.finalize(pair);
    expect([late.status, late.text]).toEqual([200, replies[0]?.text]);
    expect((await broker.app.status(pair)).json?.['status']).toBe('finalized');
    expect((await browser.visit(pair.auth_url)).text).toContain('already linked');
    const found = await broker.app.search(String(late.json?.['session_token']));
    expect([found.status, found.json?.['match_quality']]).toEqual([200, 'exact']);
  });

  it('ends the session of a user who has taken the grant back', async () => {
    const signedIn = await broker.app.signIn();
    broker.sandbox.revoke();
    const search = () => broker.app.search(signedIn, { artist: 'The Cure', title: 'Pictures Of You' });
    for (const { status, json } of [await search(), await search()]) {
      expect([status, json?.['message']]).toEqual([401, 'invalid or expired broker session']);
    }
  });

  it("tells a user's no to the person, and to the app", async () => {
    const pair = await broker.app.start();
    const page = await browser.signIn(pair.auth_url, 'deny');
    expect(page.status).toBe(400);
    expect(page.text).toContain('Nothing was linked');
    expect((await broker.app.status(pair)).json?.['status']).toBe('expired');
  });

  it('throttles by the address that Cloudflare tells', async () => {
    const start = (address: string) =>
      ask(`${broker.url}/v1/device/session/start`, {
        method: 'POST',
        headers: { 'x-reklawdbox-broker-token': 'client-token', 'cf-connecting-ip': address },
      });
    const replies = await Promise.all(Array.from({ length: 61 }, () => start('203.0.113.7')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.json?.['error']).toBe('too_many_requests');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await start('203.0.113.8')).status).toBe(200);
  });

  it('keeps no secret in the open', async () => {
    const { results } = await broker.database
      .prepare(
        'SELECT oauth_access_token_secret AS secret FROM device_sessions WHERE oauth_access_token IS NOT NULL',
      )
      .all();
    expect(results.length).toBeGreaterThan(0);
    for (const row of results) expect(JSON.stringify(row)).toContain('"enc:v1:');
    expect(broker.log.join('\n')).not.toMatch(/[0-9a-f]{40}/);
  });
});
