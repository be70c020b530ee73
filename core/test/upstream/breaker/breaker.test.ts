import { describe, expect, it } from '@jest/globals';
import { type Breaker, type BreakerDecision, createBreaker } from '../../../src/upstream/breaker/breaker.ts';
import type { BreakerCall } from '../../../src/upstream/breaker/callHistory.ts';
import type { Health } from '../../../src/upstream/breaker/health.ts';
import type { Requester } from '../../../src/upstream/ratelimit/limiterTypes.ts';
import { type VirtualTime, virtualTime } from '../../support/virtualTime.ts';

const WHO: Requester = { priority: 'caller', key: 'k', conversation: 'c' };
const callFor = (pathAndQuery: string, who: Partial<Requester> = {}, method = 'GET'): BreakerCall => ({
  request: { method, pathAndQuery },
  turn: { ...WHO, ...who },
});

interface Asked {
  readonly call: BreakerCall;
  decision?: BreakerDecision;
}

function setup(time: VirtualTime = virtualTime(), random = () => 0) {
  const breaker = createBreaker({ now: time.now, random, setTimer: time.setTimer });
  /** Who asks now; the decision appears on what is returned. */
  const asks = (call: BreakerCall, forMs = 20_000): Asked => {
    const asked: Asked = { call };
    void Promise.resolve(breaker.acquire(call, time.now() + forMs)).then((decision) => {
      asked.decision = decision;
    });
    return asked;
  };
  const fail = (times: number, health: Health = 'failed') => {
    for (let id = 1; id <= times; id += 1) breaker.record(callFor(`/labels/${id}`), health);
  };
  const answer = (asked: Asked, health: Health) => {
    expect(asked.decision).toEqual({ kind: 'allowed' });
    expect(breaker.start(asked.call)).toBe(true);
    breaker.record(asked.call, health);
    return time.advance(0);
  };
  return { time, breaker, asks, fail, answer };
}

/** Open for two seconds, and these are over. */
async function halfOpen(options?: Parameters<typeof setup>[1]) {
  const all = setup(virtualTime(), options);
  all.fail(5);
  await all.time.advance(2000);
  return all;
}

const decisions = (asked: readonly Asked[]) => asked.map(({ decision }) => decision?.kind);

describe('a closed breaker', () => {
  it.each<[string, (breaker: Breaker) => void]>([
    [
      'one path with many queries',
      (breaker) => {
        for (let page = 1; page <= 50; page += 1)
          breaker.record(callFor(`/database/search?page=${page}`), 'failed');
      },
    ],
    [
      'one record in many spellings',
      (breaker) => {
        for (let zeros = 0; zeros < 50; zeros += 1)
          breaker.record(callFor(`/labels/${'0'.repeat(zeros)}7`), 'failed');
      },
    ],
    [
      'four paths, each of them often',
      (breaker) => {
        for (let time = 0; time < 50; time += 1) breaker.record(callFor(`/labels/${time % 4}`), 'failed');
      },
    ],
    [
      'refusals of the edge for a text',
      (breaker) => {
        for (let id = 0; id < 50; id += 1) breaker.record(callFor(`/users/u${id}`), 'inconclusive');
      },
    ],
    [
      'five paths with a good answer between',
      (breaker) => {
        for (let id = 0; id < 50; id += 1)
          breaker.record(callFor(`/labels/${id}`), id % 5 === 4 ? 'worked' : 'failed');
      },
    ],
    [
      'the same five paths again, after a good answer to another',
      (breaker) => {
        for (let id = 0; id < 4; id += 1) breaker.record(callFor(`/labels/${id}`), 'failed');
        breaker.record(callFor('/artists/1'), 'worked');
        for (let id = 0; id < 8; id += 1) breaker.record(callFor(`/labels/${id}`), 'failed');
      },
    ],
  ])('stays closed after %s', (_, happen) => {
    const { breaker } = setup();
    happen(breaker);
    expect(breaker.state()).toBe('closed');
  });

  it.each<[string, (breaker: Breaker) => void]>([
    [
      'five paths',
      (breaker) => {
        for (let id = 0; id < 5; id += 1) breaker.record(callFor(`/labels/${id}`), 'failed');
      },
    ],
    [
      'five times no connection, whatever was asked for',
      (breaker) => {
        for (let time = 0; time < 5; time += 1) breaker.record(callFor('/labels/1'), 'unreachable');
      },
    ],
    [
      'requests of one path that have worked before',
      (breaker) => {
        for (let x = 0; x < 5; x += 1) breaker.record(callFor(`/database/search?q=${x}`), 'worked');
        for (let x = 0; x < 5; x += 1) breaker.record(callFor(`/database/search?q=${x}`), 'failed');
      },
    ],
  ])('opens after failures of %s', (_, happen) => {
    const { breaker } = setup();
    happen(breaker);
    expect(breaker.state()).toBe('open');
  });

  it('counts a path again when it has worked, or five minutes later', async () => {
    const { time, breaker, fail } = setup();
    fail(4);
    for (let id = 1; id <= 4; id += 1) breaker.record(callFor(`/labels/${id}`), 'worked');
    fail(5);
    expect(breaker.state()).toBe('open');
    breaker.record(callFor('/artists/1'), 'worked');
    fail(5);
    expect(breaker.state()).toBe('closed');
    await time.advance(300_001);
    fail(5);
    expect(breaker.state()).toBe('open');
  });

  it('has nothing to ask while nothing fails', () => {
    const { breaker } = setup();
    breaker.record(callFor('/artists/1'), 'worked');
    expect(breaker.isQuiet()).toBe(true);
    breaker.record(callFor('/artists/2'), 'failed');
    expect(breaker.isQuiet()).toBe(false);
    breaker.record(callFor('/artists/2'), 'worked');
    expect(breaker.isQuiet()).toBe(true);
  });

  it('holds back a read that fails over and over, and nothing else', async () => {
    const { time, breaker, asks, answer } = setup();
    for (let at = 0; at < 5; at += 1) breaker.record(callFor('/database/search?q=x'), 'failed');
    const [same, other] = [asks(callFor('/database/search?q=x')), asks(callFor('/database/search?q=y'))];
    await time.advance(0);
    expect([same.decision, other.decision]).toEqual([
      { kind: 'open', retryAfterMs: 2000 },
      { kind: 'allowed' },
    ]);
    await time.advance(1000);
    const waits = asks(callFor('/database/search?q=x'));
    await time.advance(1000);
    const beside = asks(callFor('/database/search?q=x'));
    await answer(waits, 'failed');
    expect(beside.decision).toMatchObject({ kind: 'open' });
    const again = asks(callFor('/database/search?q=x'));
    await time.advance(0);
    expect(again.decision).toEqual({ kind: 'open', retryAfterMs: 4000 });
    breaker.record(callFor('/database/search?q=x'), 'worked');
    expect(breaker.isQuiet()).toBe(true);
  });

  it('takes no two writes for the same, since their bodies differ', () => {
    const { breaker } = setup();
    for (let at = 0; at < 9; at += 1) breaker.record(callFor('/marketplace/listings', {}, 'POST'), 'failed');
    expect(breaker.isQuiet()).toBe(true);
  });
});

describe('an open breaker', () => {
  it('refuses at once, and lets wait who comes shortly before it is over', async () => {
    const { time, asks, fail } = setup();
    fail(5);
    const early = asks(callFor('/artists/1'));
    await time.advance(700);
    expect(early.decision).toEqual({ kind: 'open', retryAfterMs: 2000 });
    const late = asks(callFor('/artists/2'));
    await time.advance(100);
    // As told to `late`, rounded down to a second.
    const told = asks(callFor('/artists/3'));
    await time.advance(0);
    expect(late.decision).toEqual({ kind: 'open', retryAfterMs: 1300 });
    expect(told.decision).toBeUndefined();
    await time.advance(1200);
    expect(told.decision).toEqual({ kind: 'allowed' });
  });

  it('says nothing new to calls that were under way when it opened', async () => {
    const { time, breaker, fail } = setup();
    fail(9);
    await time.advance(2000);
    expect(breaker.state()).toBe('half_open');
    breaker.record(callFor('/labels/77'), 'failed');
    expect(breaker.state()).toBe('half_open');
    breaker.record(callFor('/labels/78'), 'worked');
    expect(breaker.state()).toBe('closed');
  });
});

describe('a half-open breaker', () => {
  it('lets one call find out, and the others wait and go when it worked', async () => {
    const { time, asks, answer } = await halfOpen();
    const all = [1, 2, 3].map((id) => asks(callFor(`/artists/${id}`)));
    await time.advance(1000);
    expect(decisions(all)).toEqual(['allowed', undefined, undefined]);
    await answer(all[0] as Asked, 'worked');
    expect(decisions(all)).toEqual(['allowed', 'allowed', 'allowed']);
  });

  it('tells the others when to come again when it failed', async () => {
    const { time, asks, answer } = await halfOpen();
    const all = [1, 2, 3].map((id) => asks(callFor(`/artists/${id}`)));
    await time.advance(300);
    await answer(all[0] as Asked, 'failed');
    expect(all.slice(1).map(({ decision }) => decision)).toEqual([
      { kind: 'open', retryAfterMs: 4000 },
      { kind: 'open', retryAfterMs: 4000 },
    ]);
  });

  it.each<[string, BreakerCall, Health]>([
    ['fails on a path that fails anyway', callFor('/labels/1?page=2'), 'failed'],
    ['is refused by the edge for its text', callFor('/users/odd'), 'inconclusive'],
  ])('draws another call when the probe %s', async (_, call, health) => {
    const { time, breaker, asks, answer } = await halfOpen();
    const useless = asks(call);
    await time.advance(300);
    const next = asks(callFor('/artists/1'));
    await answer(useless, health);
    await time.advance(250);
    expect(breaker.state()).toBe('half_open');
    expect(next.decision).toEqual({ kind: 'allowed' });
    await answer(next, 'worked');
    expect(breaker.state()).toBe('closed');
  });

  it('lets paths that fail anyway try less and less often, and those who have not failed soon', async () => {
    const { time, asks, answer } = await halfOpen();
    for (const waitMs of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const known = asks(callFor('/labels/1'));
      await time.advance(300);
      await answer(known, 'failed');
      const [again, newcomer] = [
        asks(callFor('/labels/2')),
        asks(callFor('/labels/2', { conversation: 'new' })),
      ];
      await time.advance(0);
      expect(again.decision).toEqual({ kind: 'open', retryAfterMs: waitMs });
      expect(newcomer.decision).toEqual({ kind: 'open', retryAfterMs: 2000 });
      await time.advance(waitMs);
    }
  });

  it('never lets a refresh find out', async () => {
    const { time, asks } = await halfOpen();
    const refresh = asks(callFor('/artists/1', { priority: 'refresh' }));
    await time.advance(0);
    expect(refresh.decision).toMatchObject({ kind: 'open' });
  });

  it('lets a write find out only when no read waits', async () => {
    const { time, asks, answer } = await halfOpen();
    const write = asks(callFor('/users/u/wants/1', {}, 'PUT'));
    const read = asks(callFor('/labels/1'));
    await time.advance(300);
    expect(decisions([write, read])).toEqual([undefined, 'allowed']);
    await answer(read, 'failed');
    expect(write.decision).toEqual({ kind: 'allowed' });
  });

  it('refuses who has no time left to wait for the probe', async () => {
    const { time, breaker, asks } = await halfOpen();
    const probe = asks(callFor('/artists/1'));
    const hurried = asks(callFor('/artists/2'), 1500);
    await time.advance(300);
    expect(breaker.start(probe.call)).toBe(true);
    await time.advance(1100);
    expect(hurried.decision).toBeUndefined();
    await time.advance(400);
    expect(hurried.decision).toEqual({ kind: 'open', retryAfterMs: 2000 });
  });

  it('draws another call beside one that gets no slot, and only one of them is sent', async () => {
    const { time, breaker, asks } = await halfOpen();
    const all = [1, 2].map((id) => asks(callFor(`/artists/${id}`)));
    await time.advance(1500);
    expect(decisions(all)).toEqual(['allowed', 'allowed']);
    expect(all.map(({ call }) => breaker.start(call))).toEqual([true, false]);
  });

  it('draws another call when the probe was killed with its host', async () => {
    const { time, breaker, asks } = await halfOpen();
    const killed = asks(callFor('/artists/1'));
    await time.advance(300);
    expect(breaker.start(killed.call)).toBe(true);
    await time.advance(14_000);
    const next = asks(callFor('/artists/2'));
    await time.advance(900);
    expect(next.decision).toBeUndefined();
    await time.advance(500);
    expect(next.decision).toEqual({ kind: 'allowed' });
  });
});
