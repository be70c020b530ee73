import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../../src/discogs/rateLimitHeaders.ts';
import { deadline } from '../../src/lib/deadline.ts';
import { createBreaker } from '../../src/upstream/breaker/breaker.ts';
import type { RateLimiter } from '../../src/upstream/ratelimit/limiterTypes.ts';
import { discogsBudget } from '../../src/upstream/ratelimit/policy.ts';
import { sendToDiscogs } from '../../src/upstream/send.ts';
import { answer, ask, call, fakeFetcher, gateway, recordedLog } from '../support/fakes.ts';
import { limiterOn } from '../support/onClock.ts';
import { virtualTime } from '../support/virtualTime.ts';

const LIMITED: Observation = { limited: true, limit: undefined, used: undefined, retryAfterMs: undefined };

function setup(limit = 60) {
  const time = virtualTime();
  const policy = { ...discogsBudget(true), limit };
  const limiter = limiterOn(time, policy);
  const enter = (conversation = 'c') =>
    limiter.acquire({ priority: 'caller', key: 'k', conversation, latestAt: time.now() + 25_000 });
  /** One call that Discogs answers with 429. */
  const limited = async (retryAfterMs: number | undefined) => {
    const pass = await enter();
    if (pass.kind === 'refused') throw new Error('no slot');
    pass.complete({ ...LIMITED, retryAfterMs });
    await time.advance(0);
  };
  return { time, limiter, enter, limited };
}

describe('the window as callers see it', () => {
  it('has no call left during a pause, and its end as the reset', async () => {
    const { time, limiter, limited } = setup();
    await limited(59_000);
    expect(limiter.view()).toMatchObject({ limit: 60, used: 1, remaining: 0, resetSeconds: 59 });
    await time.advance(29_500);
    expect(limiter.view()).toMatchObject({ remaining: 0, resetSeconds: 30 });
    await time.advance(29_500);
    // The one that finds out.
    expect(limiter.view()).toMatchObject({ remaining: 1, resetSeconds: 0 });
  });

  it('tells a reset when all of its calls are still under way', async () => {
    const { time, limiter, enter } = setup(2);
    expect(limiter.view()).toMatchObject({ remaining: 2, resetSeconds: 0 });
    const [first] = await Promise.all([enter('a'), enter('b')]);
    expect(limiter.view()).toMatchObject({ used: 2, remaining: 0, resetSeconds: 60 });
    await time.advance(5_000);
    if (first.kind === 'granted') first.complete(undefined);
    await time.advance(10_000);
    expect(limiter.view()).toMatchObject({ used: 2, remaining: 0, resetSeconds: 50 });
  });
});

describe('a pause', () => {
  it('that ends beyond all predictions is told in full', async () => {
    const { enter, limited } = setup();
    await limited(600_000);
    expect(await enter()).toEqual({ kind: 'refused', slotInMs: 600_000 });
  });

  it('is an hour at most, whatever nonsense the header says', async () => {
    const { time, limiter, enter, limited } = setup();
    await limited(999_999_999_000);
    expect(limiter.view().resetSeconds).toBe(3_600);
    await time.advance(3_600_000);
    expect(await enter()).toMatchObject({ kind: 'granted' });
  });
});

describe('a probe of the breaker', () => {
  const setupBreaker = (time: ReturnType<typeof virtualTime>, failures: number) => {
    const breaker = createBreaker({ now: time.now, random: () => 0, setTimer: time.setTimer });
    const turn = { priority: 'caller', key: 'k', conversation: 'c' } as const;
    const callFor = (pathAndQuery: string) => ({ request: { method: 'GET', pathAndQuery }, turn });
    for (let id = 1; id <= failures; id += 1) breaker.record(callFor(`/labels/${id}`), 'failed');
    return { breaker, callFor, turn };
  };

  it('that got no slot leaves its place to the call that waits', async () => {
    const time = virtualTime();
    const { breaker, callFor } = setupBreaker(time, 5);
    await time.advance(2_001);
    const [first, second] = [callFor('/artists/1'), callFor('/artists/2')];
    const latestAt = time.now() + 20_000;
    const decided: object[] = [];
    const asked = [first, second].map((call) =>
      Promise.resolve(breaker.acquire(call, latestAt)).then((decision) => {
        decided.push(decision);
        return call;
      }),
    );
    await time.advance(500);
    expect(decided).toEqual([{ kind: 'allowed' }]);
    breaker.notSent(await Promise.race(asked));
    await time.advance(0);
    expect(decided).toEqual([{ kind: 'allowed' }, { kind: 'allowed' }]);
  });

  it('that leaves the call to another instance leaves its place, too, also when it came to be one in the queue', async () => {
    const { time, limiter } = setup();
    const { breaker, callFor, turn } = setupBreaker(time, 4);
    let waits = 0;
    const waiting: Pick<RateLimiter, 'acquire' | 'view'> = {
      view: limiter.view,
      async acquire(request) {
        waits += 1;
        // It opens, and its time passes, while this call waits.
        if (waits === 1) {
          breaker.record(callFor('/labels/5'), 'failed');
          await time.sleep(3000);
        }
        return limiter.acquire(request);
      },
    };
    const sent = sendToDiscogs(
      {
        fetcher: fakeFetcher(answer(200)),
        limiter: waiting,
        breaker,
        now: time.now,
        random: () => 0.5,
        sleep: time.sleep,
      },
      {
        request: { method: 'GET', pathAndQuery: '/artists/1', headers: {}, body: undefined },
        turn,
        deadline: deadline(30_000, time.now),
        log: recordedLog(),
        acquireLease: async () => false,
      },
    );
    expect((await time.until(sent)).result).toEqual({ kind: 'in_flight_elsewhere' });
    expect(waits).toBe(2);
    expect(breaker.state()).toBe('half_open');
    expect(
      await time.until(Promise.resolve(breaker.acquire(callFor('/artists/2'), time.now() + 1_000))),
    ).toEqual({
      kind: 'allowed',
    });
  });

  it('is found as soon as a slot frees, after a minute that was spent on failures', async () => {
    const time = virtualTime();
    const LIMIT = { 'x-discogs-ratelimit': '5' };
    const failing = Array.from({ length: 5 }, () => answer(500, '', LIMIT));
    const fetcher = fakeFetcher(...failing, answer(200, { id: 1 }, LIMIT));
    const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher });
    const artist = (id: number) =>
      ask(one, call('GET', `/artists/${id}`, { headers: { 'openai-conversation-id': `c${id}` } }));
    for (let id = 1; id <= 5; id += 1) expect(await artist(id)).toMatchObject({ status: 502 });
    await time.advance(2_001);
    // No slot for the probe: the caller hears when one frees, not that Discogs is away.
    const refused = await time.until(artist(6));
    expect(refused).toMatchObject({ status: 429, json: { source: 'proxy' } });
    await time.advance(500);
    expect(await time.until(artist(7))).toMatchObject({ status: 429 });
    await time.advance(60_000);
    expect(await time.until(artist(8))).toMatchObject({ status: 200 });
  });
});
