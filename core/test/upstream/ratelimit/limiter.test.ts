import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../../../src/discogs/rateLimitHeaders.ts';
import type { Permit, RateLimiter, Refused } from '../../../src/upstream/ratelimit/limiterTypes.ts';
import { type BudgetPolicy, discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { emptyWindow, endCall } from '../../../src/upstream/ratelimit/window.ts';
import { memoryWindowStore, type WindowStore } from '../../../src/upstream/ratelimit/windowStore.ts';
import { limiterOn } from '../../support/onClock.ts';
import { type VirtualTime, virtualTime } from '../../support/virtualTime.ts';

const ANSWER: Observation = { limited: false, limit: undefined, used: undefined, retryAfterMs: undefined };
const LIMITED: Observation = { ...ANSWER, limited: true };

function setup(policy: BudgetPolicy = discogsBudget(true), store?: WindowStore) {
  const time = virtualTime();
  return { time, limiter: limiterOn(time, policy, store) };
}

interface Outcome {
  name: string;
  at: number;
  result: Permit | Refused;
}

/** Enters and, once granted, answers after 100 ms. */
function runner(limiter: RateLimiter, time: VirtualTime, outcomes: Outcome[]) {
  const start = time.now();
  return (
    name: string,
    options: Partial<Parameters<RateLimiter['acquire']>[0]> = {},
    observation: Observation | undefined = ANSWER,
  ) => {
    const request = {
      priority: 'caller' as const,
      key: 'k',
      conversation: name,
      latestAt: time.now() + 25_000,
      ...options,
    };
    void limiter.acquire(request).then(async (result) => {
      outcomes.push({ name, at: time.now() - start, result });
      if (result.kind === 'refused') return;
      await time.sleep(100);
      result.complete(observation);
    });
  };
}

describe('a store', () => {
  it('that throws instead of rejecting fails one call, and keeps neither its place nor the limiter', async () => {
    const memory = memoryWindowStore(discogsBudget(true));
    let throws = true;
    const { time, limiter } = setup(discogsBudget(true), {
      ...memory,
      write: (...all) => {
        if (!throws) return memory.write(...all);
        throws = false;
        throw new RangeError('broken');
      },
    });
    const request = {
      priority: 'caller',
      key: 'k',
      conversation: 'a',
      latestAt: time.now() + 25_000,
    } as const;
    await expect(limiter.acquire(request)).rejects.toThrow('broken');
    expect(limiter.view().waiting).toBe(0);
    expect(await limiter.acquire(request)).toMatchObject({ kind: 'granted', waitedMs: 0 });
    expect(limiter.view().used).toBe(1);
  });
});

describe('calls that ended', () => {
  it('stand oldest first, also when one is reported late', () => {
    const slot = { key: 'k', conversation: 'k/a', sentAt: 0 };
    const ends: readonly (readonly [string, number])[] = [
      ['1', 5000],
      ['2', 9000],
      ['3', 2000],
    ];
    const state = ends.reduce(
      (sofar, [id, at]) => endCall(sofar, { id, ...slot }, at),
      emptyWindow(discogsBudget(true)),
    );
    expect(state.ended.map(({ at }) => at)).toEqual([2000, 5000, 9000]);
  });
});

const granted = (outcomes: Outcome[]): string[] =>
  outcomes.filter(({ result }) => result.kind === 'granted').map(({ name }) => name);

describe('the window', () => {
  it('lets 60 calls of several conversations go at once, and tells the rest when a slot frees', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (let index = 0; index < 1000; index += 1) go(`c${index % 4}`);
    await time.advance(10);
    expect(granted(outcomes)).toHaveLength(60);
    const refused = outcomes.filter(({ result }) => result.kind === 'refused');
    expect(refused).toHaveLength(940);
    for (const { result } of refused) {
      if (result.kind === 'granted') continue;
      expect(result.slotInMs).toBeGreaterThanOrEqual(60_000);
      expect(result.slotInMs).toBeLessThanOrEqual(65_000);
    }
  });

  it('frees a slot one window after its answer, not after its sending', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 1, newcomerReserve: 0 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('a');
    await time.advance(1000);
    go('b', { latestAt: time.now() + 70_000 });
    await time.advance(59_000);
    expect(granted(outcomes)).toEqual(['a']);
    await time.advance(1000);
    expect(granted(outcomes)).toEqual(['a', 'b']);
    expect(outcomes[1]?.at).toBeGreaterThanOrEqual(60_100);
  });

  it('counts an attempt without an answer, and one whose holder has died', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 2, newcomerReserve: 0 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('a', {}, undefined);
    await limiter.acquire({
      priority: 'caller',
      key: 'k',
      conversation: 'dead',
      latestAt: time.now() + 1000,
    });
    await time.advance(50_000);
    go('b', { latestAt: time.now() + 80_000 });
    go('c', { latestAt: time.now() + 80_000 });
    await time.advance(9000);
    expect(granted(outcomes)).toEqual(['a']);
    await time.advance(2000);
    expect(granted(outcomes)).toEqual(['a', 'b']);
    await time.advance(12_000);
    expect(granted(outcomes)).toEqual(['a', 'b', 'c']);
  });

  it('takes the limit and the calls of strangers from the headers', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('a', {}, { ...ANSWER, limit: 25, used: 20 });
    await time.advance(200);
    // One more for a stranger that may have come meanwhile.
    expect(limiter.view()).toMatchObject({ limit: 25, used: 22, remaining: 3 });
    for (let index = 0; index < 10; index += 1)
      go(`b${index}`, {}, { ...ANSWER, limit: 25, used: 21 + index });
    await time.advance(2000);
    expect(granted(outcomes)).toHaveLength(4);
  });

  it('sends one call after the other where strangers leave little room', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('a', {}, { ...ANSWER, used: 52 });
    await time.advance(200);
    for (let index = 0; index < 3; index += 1) go(`b${index}`, {}, { ...ANSWER, used: 53 + index });
    await time.advance(10);
    expect(granted(outcomes)).toEqual(['a', 'b0']);
    await time.advance(300);
    expect(granted(outcomes)).toEqual(['a', 'b0', 'b1', 'b2']);
  });

  it.each([
    ['negative', { limit: -5, used: -10 }],
    ['huge', { limit: 1e12, used: 1e12 }],
    ['missing', { limit: undefined, used: undefined }],
  ])('survives %s numbers', async (_, numbers) => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    runner(limiter, time, outcomes)('a', {}, { ...ANSWER, ...numbers });
    await time.advance(200);
    expect(limiter.view().limit).toBe(60);
    expect(limiter.view().remaining).toBeGreaterThanOrEqual(0);
  });

  it('can be a minimum spacing instead', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 1000, spacingMs: 1100 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (let index = 0; index < 30; index += 1) go(`c${index}`);
    await time.advance(26_000);
    const times = outcomes.filter(({ result }) => result.kind === 'granted').map(({ at }) => at);
    expect(times).toHaveLength(23);
    for (const [index, at] of times.entries()) {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1100);
    }
    expect(outcomes.filter(({ result }) => result.kind === 'refused').every(({ at }) => at === 0)).toBe(true);
  });
});

describe('sharing', () => {
  it('gives keys their turns, and conversations inside a key', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 1000, spacingMs: 1000 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (const name of ['a1', 'a2', 'a3']) go(name, { key: 'one', conversation: 'a' });
    go('b1', { key: 'one', conversation: 'b' });
    go('c1', { key: 'two', conversation: 'c' });
    await time.advance(10_000);
    expect(granted(outcomes)).toEqual(['a1', 'c1', 'b1', 'a2', 'a3']);
  });

  it('keeps a crawl to two thirds of a window while somebody else is active', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('chat');
    for (let index = 0; index < 100; index += 1) go('crawl');
    await time.advance(100);
    expect(granted(outcomes).filter((name) => name === 'crawl')).toHaveLength(40);
    for (let index = 0; index < 5; index += 1) go('chat');
    await time.advance(100);
    expect(granted(outcomes).filter((name) => name === 'chat')).toHaveLength(6);
  });

  it('lets a lone caller use all but five', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (let index = 0; index < 100; index += 1) go('crawl');
    await time.advance(100);
    expect(granted(outcomes)).toHaveLength(55);
  });

  it('gives conversations beyond 32 one place together', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 120, conversationShare: 0.1 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (let index = 0; index < 200; index += 1) go(`c${index}`);
    await time.advance(100);
    expect(granted(outcomes)).toHaveLength(32 + 12);
  });

  it('lets background refresh have what callers leave, but a sixth of the window', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (let index = 0; index < 60; index += 1)
      go(`r${index}`, { priority: 'refresh', latestAt: time.now() + 1000 });
    await time.advance(100);
    expect(granted(outcomes)).toHaveLength(50);
    go('caller');
    await time.advance(100);
    expect(granted(outcomes)).toContain('caller');
  });

  it('lets a caller go before a refresh that waits longer', async () => {
    const { time, limiter } = setup({ ...discogsBudget(true), limit: 1000, spacingMs: 1000 });
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('first');
    go('refresh', { priority: 'refresh' });
    await time.advance(500);
    go('caller');
    await time.advance(5000);
    expect(granted(outcomes)).toEqual(['first', 'caller', 'refresh']);
  });
});

describe('a 429 of Discogs', () => {
  it('pauses everybody for as long as it says, then lets one probe decide', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('limited', {}, { ...LIMITED, retryAfterMs: 7000 });
    await time.advance(200);
    for (const name of ['a', 'b', 'c']) go(name);
    await time.advance(6000);
    expect(granted(outcomes)).toEqual(['limited']);
    await time.advance(950);
    expect(granted(outcomes)).toEqual(['limited', 'a']);
    await time.advance(200);
    expect(granted(outcomes)).toEqual(['limited', 'a', 'b', 'c']);
  });

  it('that says nothing pauses for 2 s, then twice as long each time', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    for (const name of ['a', 'b', 'c', 'd']) go(name, { latestAt: time.now() + 100_000 }, LIMITED);
    await time.advance(60_000);
    // All four were under way when the first 429 came; they are one pause, not four.
    expect(granted(outcomes)).toHaveLength(4);
    const times: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      const before = time.now();
      void limiter
        .acquire({ priority: 'caller', key: 'k', conversation: 'x', latestAt: before + 100_000 })
        .then((result) => {
          times.push(time.now() - before);
          if (result.kind === 'granted') result.complete(LIMITED);
        });
      await time.advance(70_000);
    }
    expect(times[0]).toBe(0);
    expect(times.slice(1).every((waited) => waited <= 60_000)).toBe(true);
  });

  it('refuses at once whoever cannot wait that long', async () => {
    const { time, limiter } = setup();
    const outcomes: Outcome[] = [];
    const go = runner(limiter, time, outcomes);
    go('limited', {}, { ...LIMITED, retryAfterMs: 40_000 });
    await time.advance(200);
    go('a');
    await time.advance(1);
    expect(outcomes[1]).toMatchObject({ name: 'a', result: { kind: 'refused' } });
    expect(outcomes[1]?.result.kind === 'refused' && outcomes[1].result.slotInMs).toBeCloseTo(39_900, -2);
  });
});

describe('two limiters over one store', () => {
  it('never send more than the window together', async () => {
    const policy = discogsBudget(true);
    const store = memoryWindowStore(policy);
    const time = virtualTime();
    const limiters = [0, 1].map(() => limiterOn(time, policy, store));
    const outcomes: Outcome[] = [];
    for (const limiter of limiters) {
      const go = runner(limiter, time, outcomes);
      for (let index = 0; index < 100; index += 1) go(`c${index % 8}`);
    }
    await time.advance(50);
    expect(granted(outcomes)).toHaveLength(60);
  });
});
