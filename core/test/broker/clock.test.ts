import { describe, expect, it } from '@jest/globals';
import { THROTTLE } from '../../src/broker/throttle.ts';
import { CLIENT_TOKEN, harness, NAVIGATION } from './support/harness.ts';

const HOUR = 3600;
const DAY = 86_400;
const MONTH = 30 * DAY;

/** A broker whose prune runs hourly, up to now. */
async function running() {
  const here = harness();
  await here.broker.prune();
  here.passSeconds(HOUR);
  await here.broker.prune();
  return here;
}

describe('a clock that is ahead for a while', () => {
  it.each([DAY, 2 * MONTH])('ends no session for good: by %i s', async (ahead) => {
    const { app, ask, approved, authorized, broker, consentPage, passSeconds, signedIn } = await running();
    const pending = await app.start();
    const address = approved(pending, await consentPage(pending));
    const linked = await authorized();
    const live = await signedIn();
    passSeconds(ahead);
    expect((await ask('GET', pending.authUrl)).status).toBe(410);
    expect((await ask('GET', pending.authUrl, { headers: NAVIGATION })).status).toBe(410);
    expect((await ask('GET', address)).status).toBe(410);
    for (const pair of [pending, linked]) {
      expect((await app.status(pair)).json?.['status']).toBe('expired');
      expect((await app.finalize(pair)).status).toBe(410);
    }
    expect((await app.search(live.sessionToken)).status).toBe(ahead > MONTH ? 401 : 200);
    await broker.prune();
    // Somebody runs it by hand, too.
    passSeconds(60);
    expect(await broker.prune()).toEqual({ removed: {}, failed: [] });
    passSeconds(-ahead - 60);
    expect((await app.status(pending)).json?.['status']).toBe('pending');
    expect((await ask('GET', address)).status).toBe(200);
    for (const pair of [pending, linked]) expect((await app.finalize(pair)).status).toBe(200);
    expect((await app.search(live.sessionToken)).status).toBe(200);
    await broker.prune();
    expect((await app.search(live.sessionToken)).status).toBe(200);
  });

  it('locks nobody out of signing in', async () => {
    const { ask, passSeconds } = harness();
    const headers = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
    const start = async () =>
      (await ask('POST', '/v1/device/session/start', { headers, clientAddress: '192.0.2.1' })).status;
    passSeconds(DAY);
    for (let count = 0; count < THROTTLE.start.address; count += 1) expect(await start()).toBe(200);
    expect(await start()).toBe(429);
    passSeconds(-DAY);
    expect(await start()).toBe(200);
  });
});

describe('the prune', () => {
  it('removes what was over a day ago at this run and at the one before', async () => {
    const { app, broker, passSeconds, signedIn } = await running();
    const unfinished = await app.start();
    const live = await signedIn();
    // The time to sign in ends 900 s from now; the first run that is more than a day later only sees it.
    passSeconds(900 + DAY - 60);
    await broker.prune();
    expect((await app.status(unfinished)).json?.['status']).toBe('expired');
    passSeconds(HOUR);
    expect((await broker.prune()).removed).toMatchObject({ device_sessions: 0 });
    passSeconds(HOUR);
    expect((await broker.prune()).removed).toMatchObject({ device_sessions: 1, oauth_request_tokens: 0 });
    expect((await app.status(unfinished)).status).toBe(404);
    expect((await app.search(live.sessionToken)).status).toBe(200);
    passSeconds(MONTH);
    await broker.prune();
    passSeconds(HOUR);
    expect((await broker.prune()).removed).toMatchObject({ device_sessions: 1 });
  });

  it('uses one and the same time for every table', async () => {
    const { broker, passSeconds, stores, clock } = harness();
    const asked: [string, number][] = [];
    const table = (name: string, rows: number) => ({
      name,
      prune: async (before: number) => {
        asked.push([name, before]);
        return rows;
      },
    });
    Object.assign(stores.sessions, table('', 1));
    Object.assign(stores.requestTokens, table('', 2));
    Object.assign(stores.throttle, table('', 3));
    const others = [table('discogs_search_cache', 4)];
    expect(await broker.prune(others)).toEqual({ removed: {}, failed: [] });
    passSeconds(599);
    expect(await broker.prune(others)).toEqual({ removed: {}, failed: [] });
    expect(asked).toEqual([]);
    passSeconds(1);
    expect((await broker.prune(others)).removed).toEqual({
      device_sessions: 1,
      oauth_request_tokens: 2,
      broker_throttle: 3,
      discogs_search_cache: 4,
    });
    const before = clock.ms / 1000 - 600 - DAY;
    expect(asked).toEqual([...['', '', ''].map((name) => [name, before]), ['discogs_search_cache', before]]);
    // Now the clock goes back: the earlier of two times counts.
    passSeconds(-HOUR);
    await broker.prune(others);
    expect(asked.at(-1)).toEqual(['discogs_search_cache', clock.ms / 1000 - DAY]);
  });

  it('goes on when a table fails, and removes nothing when the time of the last run is not known', async () => {
    const { broker, passSeconds, stores, log } = harness();
    await broker.prune();
    passSeconds(HOUR);
    Object.assign(stores.requestTokens, { prune: () => Promise.reject(new Error('away')) });
    expect(await broker.prune([{ name: 'discogs_search_cache', prune: async () => 3 }])).toEqual({
      removed: { device_sessions: 0, broker_throttle: 0, discogs_search_cache: 3 },
      failed: ['oauth_request_tokens'],
    });
    passSeconds(HOUR);
    Object.assign(stores.pruneRuns, { last: () => Promise.reject(new Error('away')) });
    expect(await broker.prune()).toEqual({ removed: {}, failed: ['broker_prune_runs'] });
    expect(log.lines.map(({ line }) => line)).toEqual([
      'Prune of oauth_request_tokens failed: Error: away',
      'Prune of broker_prune_runs failed: Error: away',
    ]);
  });
});
