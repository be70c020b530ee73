import { describe, expect, it } from '@jest/globals';
import {
  answer,
  ask,
  call,
  fakeFetcher,
  fixedSecrets,
  jsonLines,
  recordedLog,
  timeout,
} from '../support/fakes.ts';
import { onClock } from '../support/onClock.ts';
import type { VirtualTime } from '../support/virtualTime.ts';

const HOUR_MS = 3_600_000;

/** A gateway on a clock that the test moves. */
async function asked(time: VirtualTime, answering: ReturnType<typeof ask>) {
  await time.advance(0);
  return answering;
}

describe('the cache', () => {
  it('answers a repeat without a call, and says so', async () => {
    const log = recordedLog();
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { time, one } = onClock({ fetcher });
    const first = await ask(one, call('GET', '/artists/1'));
    await time.advance(60_000);
    const second = await ask(one, call('GET', '/artists/1', { log }));
    expect(fetcher.requests).toHaveLength(1);
    expect(first.headers).toMatchObject({ 'x-cache': 'miss', 'cache-control': 'private, max-age=21600' });
    expect(first.headers).not.toHaveProperty('age');
    expect(second.text).toBe(first.text);
    expect(second.headers).toMatchObject({
      'x-cache': 'hit',
      age: '60',
      'cache-control': 'private, max-age=21540',
    });
    expect(jsonLines(log, 'discogs_proxy: ')[0]).toMatchObject({
      source: 'cache',
      cache: 'hit',
      status: 200,
      attempts: 0,
    });
  });

  it('never shows anything that is six hours old', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }), timeout);
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    await time.advance(21_600_000 - 1);
    expect((await ask(one, call('GET', '/artists/1'))).headers['x-cache']).toBe('hit');
    await time.advance(40_000);
    const late = ask(one, call('GET', '/artists/1'));
    await time.advance(1000);
    expect(await late).toMatchObject({ status: 504, headers: { 'x-cache': 'miss' } });
  });

  it('refreshes an ageing answer behind the one that it shows', async () => {
    const fetcher = fakeFetcher(answer(200, { n: 1 }), answer(200, { n: 2 }));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    await time.advance(5 * HOUR_MS);
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      json: { n: 1 },
      headers: { 'x-cache': 'hit' },
    });
    await time.advance(10);
    expect(fetcher.requests).toHaveLength(2);
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      json: { n: 2 },
      headers: { age: '0' },
    });
  });

  it('shows a stale list while Discogs fails', async () => {
    const fetcher = fakeFetcher(answer(200, { n: 1 }), answer(500, ''));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/labels/1/releases'));
    await time.advance(HOUR_MS);
    const stale = await asked(time, ask(one, call('GET', '/labels/1/releases')));
    expect(stale).toMatchObject({
      status: 200,
      json: { n: 1 },
      headers: { 'x-cache': 'stale', age: '3600', 'cache-control': 'private, max-age=0' },
    });
  });

  it('shows what Discogs says to one spelling of an id to nobody who asks for another', async () => {
    const fetcher = fakeFetcher(answer(404, { message: 'Artist not found.' }), answer(200, { id: 7 }));
    const { one } = onClock({ fetcher });
    expect(await ask(one, call('GET', '/artists/007'))).toMatchObject({ status: 404 });
    expect(await ask(one, call('GET', '/artists/7'))).toMatchObject({ status: 200, json: { id: 7 } });
  });

  it('remembers for a minute that there is no such record', async () => {
    const fetcher = fakeFetcher(answer(404, { message: 'Artist not found.' }), answer(200, { id: 1 }));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      status: 404,
      json: { message: 'Artist not found.' },
      headers: { 'x-cache': 'hit' },
    });
    await time.advance(61_000);
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['no-cache', {}, 2],
    ['max-age=0, no-cache', {}, 2],
    ['no-cache', { 'if-none-match': '"digest"' }, 1],
    ['max-age=0', {}, 1],
  ])('obeys Cache-Control: %s with %j', async (cacheControl, headers, requests) => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    await ask(one, call('GET', '/artists/1', { headers: { 'cache-control': cacheControl, ...headers } }));
    expect(fetcher.requests).toHaveLength(requests);
  });

  it('tells queries apart, but not their order', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    for (const query of [
      'q=a&type=release',
      'type=release&q=a',
      'query=a&type=release&x=1',
      'q=a',
      'q=a%26type%3Drelease',
    ]) {
      await ask(one, call('GET', `/database/search?${query}`));
    }
    expect(fetcher.requests).toHaveLength(3);
  });

  it('keeps no error and no unusable answer', async () => {
    const fetcher = fakeFetcher(
      answer(422, '{}'),
      answer(200, '<html>', { 'content-type': 'text/html' }),
      answer(200, { id: 1 }),
    );
    const { one } = onClock({ fetcher });
    for (const status of [422, 502, 200]) {
      expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status });
    }
  });
});

describe("a user's own data", () => {
  const KEYS = '[{"label":"a","key":"key-a"},{"label":"b","key":"key-b"}]';
  const secrets = fixedSecrets({
    CLIENT_KEYS: { kind: 'value', value: KEYS },
    DISCOGS_TOKEN: { kind: 'value', value: 't' },
  });
  const as = (key: string) => ({ headers: { 'x-api-key': key } });

  it('is never shared between keys, while database answers are', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher, secrets });
    await ask(one, call('GET', '/users/u/wants', as('key-a')));
    await ask(one, call('GET', '/users/u/wants', as('key-a')));
    expect(fetcher.requests).toHaveLength(1);
    await ask(one, call('GET', '/users/u/wants', as('key-b')));
    expect(fetcher.requests).toHaveLength(2);
    await ask(one, call('GET', '/artists/1', as('key-a')));
    await ask(one, call('GET', '/artists/1', as('key-b')));
    expect(fetcher.requests).toHaveLength(3);
  });

  it('is dropped by a write of that user, even if the write seemed to fail', async () => {
    const fetcher = fakeFetcher(answer(200, { n: 1 }), timeout, answer(200, { n: 2 }));
    const { one } = onClock({ fetcher });
    await ask(one, call('GET', '/users/u/wants'));
    await ask(one, call('PUT', '/users/u/wants/1'));
    expect(await ask(one, call('GET', '/users/u/wants'))).toMatchObject({
      json: { n: 2 },
      headers: { 'x-cache': 'miss' },
    });
  });

  it('that was read while a write was under way is not kept', async () => {
    const held: (() => void)[] = [];
    const reads: { n?: string }[] = [{ n: 'old' }, { n: 'new' }];
    const fetcher = async ({ method }: { method: string }) => {
      if (method !== 'GET') return answer(201, {});
      const body = reads.shift() ?? {};
      if (body.n === 'old') await new Promise<void>((resolve) => held.push(resolve));
      return answer(200, body);
    };
    const { time, one } = onClock({ fetcher });
    const early = ask(one, call('GET', '/users/u/wants'));
    await time.advance(1);
    await ask(one, call('PUT', '/users/u/wants/1'));
    held[0]?.();
    expect(await early).toMatchObject({ json: { n: 'old' } });
    expect(await ask(one, call('GET', '/users/u/wants'))).toMatchObject({ json: { n: 'new' } });
  });

  it('is gone after seconds, and never stale', async () => {
    const fetcher = fakeFetcher(answer(200, { n: 1 }), answer(500, ''));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/users/u/wants'));
    await time.advance(16_000);
    expect(await ask(one, call('GET', '/users/u/wants'))).toMatchObject({ status: 502 });
  });
});

describe('identical concurrent requests', () => {
  it('cost one call', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => ask(one, call('GET', '/artists/1'))),
    );
    expect(fetcher.requests).toHaveLength(1);
    expect(
      answers.map(({ headers }) => headers['x-cache']).filter((cache) => cache === 'coalesced'),
    ).toHaveLength(999);
  });

  it('share one more call when the first one fails', async () => {
    const fetcher = fakeFetcher(answer(500, ''), answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(one, call('GET', '/artists/1'))));
    expect(fetcher.requests).toHaveLength(2);
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 502]);
  });

  it('do not hold a follower beyond its own deadline', async () => {
    const fetcher = () => new Promise<never>(() => {});
    const { time, one } = onClock({ fetcher, deadlineMs: 30_000 });
    void ask(one, call('GET', '/artists/1'));
    await time.advance(10);
    const follower = ask(one, call('GET', '/artists/1'));
    await time.advance(30_000);
    expect(await follower).toMatchObject({ status: 504, json: { error: 'timeout' } });
  });
});

describe('the budget', () => {
  it('refuses with the time at which a slot frees, and sends nothing', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, id) =>
        ask(one, call('GET', `/artists/${id + 1}`, { headers: { 'openai-conversation-id': `c${id % 4}` } })),
      ),
    );
    expect(fetcher.requests).toHaveLength(60);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(140);
    for (const { json, headers } of refused) {
      expect(json).toMatchObject({
        error: 'rate_limited',
        source: 'proxy',
        limit: '60',
        remaining: '0',
        reset: expect.any(Number),
      });
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(60);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(65);
    }
  });

  it('pauses after a 429 of Discogs and repeats the read once it is over', async () => {
    const log = recordedLog();
    const fetcher = fakeFetcher(
      answer(429, '', { 'x-discogs-ratelimit-remaining': '60' }),
      answer(200, { id: 1 }),
    );
    const { time, one } = onClock({ fetcher });
    const answering = ask(one, call('GET', '/artists/1', { log }));
    await time.advance(9900);
    expect(fetcher.requests).toHaveLength(1);
    await time.advance(200);
    expect(await answering).toMatchObject({ status: 200 });
    expect(log.lines[0]?.line).toBe('transient_retry attempt=1 backoff_s=10 error_type=Http429');
  });
});

describe('the breaker', () => {
  it('opens after failures in a row, answers quickly, and closes after one good probe', async () => {
    const failing = Array.from({ length: 5 }, () => answer(500, ''));
    const fetcher = fakeFetcher(...failing, answer(200, { id: 1 }));
    const { time, one } = onClock({ fetcher });
    for (let id = 1; id <= 5; id += 1) await ask(one, call('GET', `/artists/${id}`));
    const refused = await ask(one, call('GET', '/artists/6'));
    expect(refused).toMatchObject({
      status: 503,
      json: { error: 'upstream_unavailable' },
      headers: { 'retry-after': '2' },
    });
    expect(fetcher.requests).toHaveLength(5);
    await time.advance(2001);
    const [probe, other] = await time.until(
      Promise.all([ask(one, call('GET', '/artists/7')), ask(one, call('GET', '/artists/8'))]),
    );
    expect([probe.status, other.status]).toEqual([200, 200]);
    expect(await ask(one, call('GET', '/artists/9'))).toMatchObject({ status: 200 });
  });

  it('is never opened by what callers do', async () => {
    const fetcher = fakeFetcher(answer(404, '{}'));
    const { one } = onClock({ fetcher });
    for (let id = 1; id <= 20; id += 1) {
      expect(await ask(one, call('GET', `/artists/${id}`))).toMatchObject({ status: 404 });
    }
  });
});
