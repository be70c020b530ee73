import { catalog, discogsBudget, memoryWindowStore } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import {
  answer,
  ask,
  call,
  fakeFetcher,
  fixedSecrets,
  gateway,
  jsonLines,
  recordedLog,
  timeout,
} from '../support/fakes.ts';
import { virtualTime } from '../support/virtualTime.ts';

const operation = catalog.find(({ id }) => id === 'getStatus');
const status = () => call('GET', '/status');

const UNUSED = {
  window: { limit: 60, used: 0, remaining: 60, reset: 0 },
  queue: { waiting: 0 },
  breaker: { state: 'closed' },
  cache: { entries: 0, bytes: 0, hit_ratio: 0 },
  store: { kind: 'memory', healthy: true },
  version: '9.9.9',
  outbound: 'shared',
  upstream: 'discogs',
  read_only: false,
  uptime_seconds: 0,
  last_hour: { requests: 0, client_errors: 0, rate_limited: 0, errors: 0 },
  answered_by: { discogs: 0, cache: 0, catalogue: 0, proxy: 0 },
  catalogue: { state: 'off' },
  broker: { enabled: false },
};

describe('the status', () => {
  it('has the promised shape before the first call, and is kept by nobody', async () => {
    const { json, ...said } = await ask(gateway(), status());
    expect(said).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    expect(json).toEqual(UNUSED);
    expect(operation?.reply.schema?.().safeParse(json).success).toBe(true);
  });

  it('costs no call to Discogs, even without a Discogs token, and writes no line', async () => {
    const fetcher = fakeFetcher(answer(200));
    const log = recordedLog();
    const secrets = fixedSecrets({ X_API_KEY: { kind: 'value', value: 'the-key' } });
    expect((await ask(gateway({ fetcher, secrets }), call('GET', '/status', { log }))).status).toBe(200);
    expect(fetcher.requests).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('is refused without the key, in one line', async () => {
    const log = recordedLog();
    const refused = await ask(gateway(), call('GET', '/status', { headers: { 'x-api-key': 'other' }, log }));
    expect(refused).toMatchObject({
      status: 401,
      json: { error: 'unauthorized', reason: 'api_key_mismatch' },
      headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' },
    });
    expect(jsonLines(log, 'discogs_proxy_rejected: ')).toMatchObject([{ status: 401 }]);
    expect(log.lines).toHaveLength(1);
  });

  it('tells nothing but the cause when a setting is wrong', async () => {
    const one = gateway({ environment: { OUTBOUND_MODE: 'vpn' } });
    expect(await ask(one, status())).toMatchObject({
      status: 503,
      json: { error: 'server_misconfigured', reason: 'invalid_setting', which: 'OUTBOUND_MODE' },
    });
  });

  it('counts calls, kept answers and repeats', async () => {
    const one = gateway({
      fetcher: fakeFetcher(answer(200, { id: 1 })),
      environment: { OUTBOUND_MODE: 'fixed' },
    });
    for (const path of ['/artists/1', '/artists/2', '/artists/1', '/artists/1']) {
      await ask(one, call('GET', path));
    }
    expect((await ask(one, status())).json).toEqual({
      ...UNUSED,
      window: { limit: 60, used: 2, remaining: 58, reset: 0 },
      cache: { entries: 2, bytes: expect.any(Number), hit_ratio: 0.5 },
      outbound: 'fixed',
      last_hour: { ...UNUSED.last_hour, requests: 4 },
      answered_by: { ...UNUSED.answered_by, discogs: 2, cache: 2 },
    });
  });

  it('says what came of the requests of the last hour, for how long it runs, and whom it asks', async () => {
    const time = virtualTime();
    const one = gateway({
      now: time.now,
      setTimer: time.setTimer,
      environment: { READ_ONLY: 'true', DISCOGS_API_BASE_URL: 'http://127.0.0.1:9' },
      fetcher: fakeFetcher(answer(200, { id: 1 }), answer(404), answer(500), answer(429)),
    });
    for (const id of [1, 2, 3]) await ask(one, call('GET', `/artists/${id}`));
    const limited = ask(one, call('GET', '/artists/4'));
    await ask(one, call('GET', '/nope'));
    await ask(one, call('GET', '/artists/1', { headers: { 'x-api-key': 'wrong' } }));
    await time.advance(59_000);
    expect((await limited).status).toBe(429);
    const { json } = await ask(one, status());
    expect(json).toMatchObject({
      upstream: 'local',
      read_only: true,
      uptime_seconds: 59,
      last_hour: { requests: 6, client_errors: 3, rate_limited: 1, errors: 1 },
    });
    await time.advance(3_600_000);
    expect((await ask(one, status())).json).toMatchObject({
      uptime_seconds: 3_659,
      last_hour: UNUSED.last_hour,
    });
  });

  it.each([
    ['https://api.discogs.com', 'discogs'],
    ['http://localhost:8080', 'local'],
    ['http://[::1]:8080', 'local'],
    ['https://api.discogs.com.example', 'other'],
  ])('with %s says that it asks: %s', async (address, upstream) => {
    const one = gateway({ environment: { DISCOGS_API_BASE_URL: address } });
    expect((await ask(one, status())).json).toMatchObject({ upstream });
  });

  it('tells the window that all instances share as it is now', async () => {
    const windowStore = memoryWindowStore(discogsBudget(true));
    const [one, other] = [gateway({ windowStore }), gateway({ windowStore })];
    await ask(other, call('GET', '/artists/1'));
    for (let id = 2; id <= 4; id += 1) await ask(one, call('GET', `/artists/${id}`));
    expect((await ask(other, call('GET', '/status'))).json).toMatchObject({ window: { used: 4 } });
  });

  it('says how long a full window lasts, and who waits', async () => {
    const time = virtualTime();
    const one = gateway({ now: time.now, setTimer: time.setTimer });
    const calls = Array.from({ length: 70 }, (_, n) => ask(one, call('GET', `/artists/${n + 1}`)));
    await time.advance(50_000);
    const { json } = await ask(one, status());
    // A lone conversation leaves five calls of the window to a newcomer.
    expect(json).toMatchObject({ window: { limit: 60, used: 55, remaining: 5 } });
    await time.advance(60_000);
    expect((await Promise.all(calls)).map(({ status }) => status)).toContain(200);
  });

  it('says when the breaker is open', async () => {
    const time = virtualTime();
    const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher: fakeFetcher(timeout) });
    const calls = Array.from({ length: 12 }, (_, n) => ask(one, call('GET', `/artists/${n + 1}`)));
    await time.advance(1000);
    expect((await ask(one, status())).json).toMatchObject({ breaker: { state: 'open' } });
    await time.advance(60_000);
    await Promise.all(calls);
    expect((await ask(one, status())).json).toMatchObject({ breaker: { state: 'half_open' } });
  });

  it('answers HEAD, and has an answer for everything that the catalog leaves to the gateway', async () => {
    for (const { path } of catalog.filter(({ handledBy }) => handledBy === 'gateway')) {
      const { status, body, headers } = await gateway().handle(call('HEAD', path));
      expect([path, status, body.length]).toEqual([path, 200, 0]);
      expect(Number(headers['content-length'])).toBeGreaterThan(0);
    }
  });
});
