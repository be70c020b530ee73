/** Two isolates of the Worker over one database, as Cloudflare runs them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { app, browser } from './support/client.ts';

let broker: BrokerHere;
let apps: readonly ReturnType<typeof app>[];

beforeAll(async () => {
  broker = await startBroker({}, { twin: true });
  apps = [broker.app, app(broker.twinUrl)];
});
afterAll(() => broker.close());

const onTwin = (address: string): string => address.replace(broker.url, broker.twinUrl);
const asked = (path: string) => broker.sandbox.requests.filter((request) => request.path === path).length;

describe('two isolates', () => {
  it('carry one sign-in between them, and its session', async () => {
    const [one, other] = apps;
    if (!one || !other) throw new Error('both have started');
    expect(broker.twinUrl).not.toBe(broker.url);
    const pair = await one.start();
    const page = await browser.visit(onTwin(pair.auth_url));
    // The page of one isolate is followed at the other.
    const [, query = ''] = / href="(\?[^"]*confirm=[^"]+)"/.exec(page.text) ?? [];
    const going = await browser.visit(new URL(query.replaceAll('&amp;', '&'), pair.auth_url).href);
    const callback = await browser.decide(going.headers.get('location') ?? '', 'approve');
    expect((await browser.visit(onTwin(callback))).text).toContain('Discogs linked');
    expect((await one.status(pair)).json?.['status']).toBe('authorized');
    const finals = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).finalize(pair)),
    );
    const [token, ...others] = new Set(finals.map(({ json }) => json?.['session_token']));
    expect([typeof token, others]).toEqual(['string', []]);
    const ends = new Set(finals.map(({ json }) => json?.['expires_at']));
    expect(ends.size).toBe(1);
    expect((await one.search(String(token))).json?.['cache_hit']).toBe(false);
    expect((await other.search(String(token))).json?.['cache_hit']).toBe(true);
    expect((await one.revoke(String(token))).status).toBe(200);
    expect((await other.search(String(token))).status).toBe(401);
  });

  it('spend a verifier once when both get the same callback', async () => {
    const [one] = apps;
    const pair = await (one ?? broker.app).start();
    const callback = await browser.decide(await browser.goToConsent(pair.auth_url), 'approve');
    const before = asked('/oauth/access_token');
    const pages = await Promise.all(
      [callback, onTwin(callback), callback, onTwin(callback)].map((address) => browser.visit(address)),
    );
    expect(asked('/oauth/access_token') - before).toBe(1);
    // The others come while it is not known yet what becomes of the verifier, or when it is.
    const statuses = new Set(pages.map(({ status }) => status));
    expect([statuses.has(200), [...statuses].filter((status) => status !== 200 && status !== 400)]).toEqual([
      true,
      [],
    ]);
    expect((await broker.app.finalize(pair)).status).toBe(200);
  });
});
