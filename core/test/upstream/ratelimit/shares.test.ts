/** How keys and conversations share a window: whoever has called less always finds some of it. */

import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../../../src/discogs/rateLimitHeaders.ts';
import type { RateLimiter } from '../../../src/upstream/ratelimit/limiterTypes.ts';
import { discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { hasShare } from '../../../src/upstream/ratelimit/shares.ts';
import { emptyWindow, type WindowState } from '../../../src/upstream/ratelimit/window.ts';
import { memoryWindowStore } from '../../../src/upstream/ratelimit/windowStore.ts';
import { limiterOn } from '../../support/onClock.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const ANSWER: Observation = { limited: false, limit: 60, used: undefined, retryAfterMs: undefined };
const PRIORITIES = { caller: 'caller', signIn: 'sign_in' } as const;

/** `instances` limiters over one window, behind a store that may always have been overtaken. */
function setup({ severalKeys = true, instances = 1 } = {}) {
  const policy = discogsBudget(true, () => severalKeys);
  const time = virtualTime();
  const memory = memoryWindowStore(policy);
  const store = instances === 1 ? memory : { ...memory, isCurrent: () => false };
  const { now, setTimer } = time;
  const limiters = Array.from({ length: instances }, () => limiterOn(time, policy, store));
  let turn = 0;
  const next = (): RateLimiter => {
    turn += 1;
    const limiter = limiters[turn % instances];
    if (!limiter) throw new Error('no instance');
    return limiter;
  };
  /** One call that is answered after 100 ms; tells how long it waited, or that it was refused. */
  async function send(
    key: string,
    conversation: string,
    limiter = next(),
    priority: keyof typeof PRIORITIES = 'caller',
  ) {
    const request = { priority: PRIORITIES[priority], key, conversation, latestAt: now() + 1000 };
    const result = await limiter.acquire(request);
    if (result.kind === 'refused') return 'refused';
    setTimer(() => result.complete(ANSWER), 100);
    return result.waitedMs;
  }
  /** So many at the same moment; tells how many were let in. */
  async function burst(
    count: number,
    key: string,
    conversations = 1,
    limiter?: RateLimiter,
  ): Promise<number> {
    const all = Array.from({ length: count }, (_, n) =>
      send(key, `c${n % conversations}`, limiter ?? next()),
    );
    const results = await time.until(Promise.all(all));
    return results.filter((result) => result !== 'refused').length;
  }
  return { time, limiters, send, burst };
}

describe('a key that floods', () => {
  it.each([2, 5, 32, 80])(
    'with %i conversations leaves five calls to keys that have not called yet',
    async (talks) => {
      const { time, burst, send } = setup();
      expect(await burst(80, 'a', talks)).toBe(55);
      expect(await time.until(send('b', 'c'))).toBe(0);
    },
  );

  it('leaves some also to the newcomer after the newcomer, and after that', async () => {
    const { burst } = setup();
    await burst(80, 'a', 2);
    expect([await burst(10, 'b'), await burst(10, 'c'), await burst(10, 'd')]).toEqual([3, 1, 1]);
    expect(await burst(10, 'a', 2)).toBe(0);
  });

  it('on four instances leaves them on each, though each has seen a part of its calls', async () => {
    const { time, limiters, burst, send } = setup({ instances: 4 });
    expect(await burst(80, 'a', 2)).toBe(55);
    const [first, second, third] = limiters;
    expect(await time.until(send('b', 'c', second))).toBe(0);
    expect(await time.until(send('c', 'c', third))).toBe(0);
    expect(await burst(5, 'a', 2, first)).toBe(0);
  });

  it('on one instance is held to two thirds by a key that only another instance has seen', async () => {
    const { time, limiters, burst, send } = setup({ instances: 2 });
    const [first, second] = limiters;
    expect(await time.until(send('b', 'c', second))).toBe(0);
    expect(await burst(80, 'a', 4, first)).toBe(40);
  });

  it('has the whole window where no other key can exist', async () => {
    expect(await setup({ severalKeys: false }).burst(80, 'a', 2)).toBe(60);
  });

  it('never keeps a sign-in waiting, and no flood of sign-ins keeps a key waiting', async () => {
    const { time, burst, send } = setup();
    await burst(80, 'broker:search', 2);
    expect(await time.until(send('broker:sign-in', 'sign_in', undefined, 'signIn'))).toBe(0);
    const signIns = Array.from({ length: 9 }, () => send('broker:sign-in', 'sign_in', undefined, 'signIn'));
    expect((await time.until(Promise.all(signIns))).filter((result) => result !== 'refused')).toHaveLength(2);
    expect(await time.until(send('a', 'c'))).toBe(0);
  });

  it('for ten minutes never keeps others waiting who ask now and then', async () => {
    const { time, send } = setup();
    const waits: Record<string, (number | 'refused')[]> = { b: [], c: [], late: [] };
    let served = 0;
    const flood = async () => {
      for (let n = 0; n < 3000; n += 1) {
        await time.sleep(200);
        void send('a', `c${n % 7}`).then((result) => {
          if (result !== 'refused') served += 1;
        });
      }
    };
    const visit = async (key: string, afterMs: number, everyMs: number, times: number) => {
      await time.sleep(afterMs);
      for (let n = 0; n < times; n += 1) {
        waits[key]?.push(await send(key, 'c'));
        await time.sleep(everyMs);
      }
    };
    await time.until(
      Promise.all([
        flood(),
        visit('b', 61_000, 20_000, 25),
        visit('c', 95_000, 30_000, 15),
        visit('late', 400_000, 1, 1),
      ]),
    );
    expect(waits).toEqual({ b: Array(25).fill(0), c: Array(15).fill(0), late: [0] });
    // Two thirds of the calls of ten minutes: all but what it leaves to the others.
    expect(served).toBeGreaterThan(380);
  });
});

describe('what a caller may expect', () => {
  it('is nothing once its key holds its part, and everything that is left for another', async () => {
    const { limiters, burst, time } = setup();
    await burst(80, 'a', 2);
    await time.advance(100);
    const [limiter] = limiters;
    const of = (key: string) => limiter?.allowance({ priority: 'caller', key, conversation: 'c0' }, false);
    expect(of('a')).toEqual({ remaining: 0, resetSeconds: 61, limitedBy: 'share' });
    expect(of('b')).toEqual({ remaining: 5, resetSeconds: 0, limitedBy: undefined });
    expect(limiter?.view()).toMatchObject({ used: 55, remaining: 5, resetSeconds: 0 });
  });
});

describe('several keys', () => {
  it('never get a conversation more than it has with one key', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const lone = discogsBudget(true);
    const several = discogsBudget(true, () => true);
    let differs = 0;
    for (let run = 0; run < 3000; run += 1) {
      const inFlight = Array.from({ length: random(61) }, (_, id) => {
        const key = 'abc'[random(3)] ?? 'a';
        return { id: `${id}`, key, conversation: `${key}/${random(3)}`, sentAt: 0 };
      });
      const state: WindowState = { ...emptyWindow(lone), inFlight };
      const rest = { state, externalCalls: random(20), waiters: [], now: 0 };
      const memory = {
        keyServedAt: new Map(),
        conversationServedAt: new Map(),
        conversationActiveAt: new Map(),
      };
      const caller = { priority: 'caller', key: 'a', conversation: 'a/0' } as const;
      const allowed = [several, lone].map((policy) => hasShare(caller, { ...rest, memory, policy }));
      if (allowed[0]) expect(allowed[1]).toBe(true);
      if (allowed[0] !== allowed[1]) differs += 1;
    }
    expect(differs).toBeGreaterThan(10);
  });
});
