import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { browser } from './support/client.ts';
import { sendAndLeave } from './support/leave.ts';
import { execute } from './support/workerd.ts';

let broker: BrokerHere;

beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.close());

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (await isSo()) return;
    await pause(50);
  }
  throw new Error('it did not become so');
}

describe('work that outlives its request', () => {
  it('links the account although the browser has left in the middle of the callback', async () => {
    const pair = await broker.app.start();
    const consent = await browser.goToConsent(pair.auth_url);
    const callback = await browser.decide(consent, 'approve');
    broker.sandbox.fault({ path: '/oauth/access_token', fault: { kind: 'delay', ms: 1500 } });
    const visit = sendAndLeave(callback, browser.jar.headers(callback));
    await until(() => broker.sandbox.requests.some(({ path }) => path === '/oauth/access_token'));
    visit.leave();
    await until(async () => (await broker.app.status(pair)).json?.['status'] === 'authorized');
    expect((await broker.app.finalize(pair)).status).toBe(200);
  });

  it('is the search that others wait for, although the app that asked first has left', async () => {
    const token = await broker.app.signIn();
    broker.sandbox.fault({ path: '/database/search', fault: { kind: 'delay', ms: 1000 } });
    const searches = () => broker.sandbox.requests.filter(({ path }) => path.startsWith('/database/search'));
    const before = searches().length;
    const wanted = { artist: 'Nirvana', title: 'Lithium', album: null };
    const body = JSON.stringify(wanted);
    const headers = { Authorization: `Bearer ${token}`, 'Content-Length': String(body.length) };
    const leader = sendAndLeave(`${broker.url}/v1/discogs/proxy/search`, headers, body);
    await until(() => searches().length > before);
    const others = Promise.all([broker.app.search(token, wanted), broker.app.search(token, wanted)]);
    await pause(200);
    leader.leave();
    for (const { status, json } of await others) {
      expect([status, json?.['result']]).toEqual([
        200,
        expect.objectContaining({ year: expect.any(String) }),
      ]);
    }
    expect(searches().length - before).toBe(1);
  });

  it('is the hourly prune: what nobody can use any more goes at the second run, the rest stays', async () => {
    const token = await broker.app.signIn();
    await broker.app.search(token);
    const tables = [
      'device_sessions',
      'oauth_request_tokens',
      'broker_throttle',
      'discogs_search_cache',
      'broker_leases',
    ];
    const day = Date.now() - 90_100_000;
    await execute(
      broker.database,
      `INSERT INTO device_sessions (device_id, pending_token, status, poll_interval_seconds, created_at, updated_at, expires_at)
         VALUES ('old', 'p', 'pending', 5, 1, 1, 900);
       INSERT INTO device_sessions (device_id, pending_token, status, poll_interval_seconds, created_at, updated_at, expires_at, session_expires_at)
         VALUES ('older', 'p', 'finalized', 5, 1, 1, 900, 1000);
       INSERT INTO oauth_request_tokens VALUES ('old', 's', 'old', 'p', 1, 900);
       INSERT INTO broker_throttle VALUES ('old', 1, 600);
       INSERT INTO discogs_search_cache VALUES ('old', '{}', 1, 900);
       INSERT INTO broker_leases VALUES ('old', 'v', ${day})`,
    );
    await broker.scheduled();
    await broker.scheduled();
    await execute(broker.database, 'UPDATE broker_prune_runs SET ran_at = ran_at - 3600');
    await broker.scheduled();
    const reports = broker.log.flatMap((line) => /^broker_prune: (.*)/.exec(line)?.[1] ?? []);
    const nothing = '{"removed":{},"failed":[]}';
    expect(reports.slice(0, 2)).toEqual([nothing, nothing]);
    const { removed, failed } = JSON.parse(reports[2] ?? '');
    expect(failed).toEqual([]);
    expect(Object.keys(removed)).toEqual(tables);
    for (const table of tables) {
      expect([table, removed[table] >= (table === 'device_sessions' ? 2 : 1)]).toEqual([table, true]);
      const { results } = await broker.database.prepare(`SELECT * FROM ${table}`).all();
      expect(JSON.stringify(results)).not.toContain('"old');
    }
    expect((await broker.app.search(token)).json?.['cache_hit']).toBe(true);
  });
});
