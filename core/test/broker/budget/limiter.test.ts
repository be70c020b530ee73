/** The broker's limiter: which of those who want the same call gets the permit, and what becomes of it. */
import { createRateLimiter, memoryWindowStore } from '@discogs-agent/core';
import { brokerBudget, createBrokerLimiter, type PermitRequest } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { virtualTime } from '../../support/virtualTime.ts';

const ANSWER = { limited: false, limit: undefined, used: undefined, retryAfterMs: undefined };
const GRANTED = { kind: 'granted' };
const ELSEWHERE = { kind: 'refused', failure: { kind: 'elsewhere' } };

function setup() {
  const time = virtualTime();
  const policy = brokerBudget(1000);
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const { now, setTimer } = time;
  const store = memoryWindowStore(policy);
  const rateLimiter = createRateLimiter({ policy, store, now, newId, setTimer, waitUntil: () => {} });
  const limiter = createBrokerLimiter(rateLimiter);
  const acquire = (session: string, more: Partial<PermitRequest> = {}) =>
    limiter.acquire({
      priority: 'search',
      session,
      call: 'call',
      waitMs: 20_000,
      longestMs: 22_000,
      ...more,
    });
  return { time, rateLimiter, limiter, acquire };
}

describe('of those who want the same call', () => {
  it('one gets the permit, all others are told so, whether they came before or after', async () => {
    const { time, rateLimiter, acquire } = setup();
    await time.until(acquire('first', { call: 'another' }).result());
    const waiting = ['a', 'b', 'c'].map((session) => acquire(session).result());
    const results = await time.until(Promise.all(waiting));
    expect(results).toEqual([GRANTED, ELSEWHERE, ELSEWHERE]);
    expect(await acquire('d').result()).toEqual(ELSEWHERE);
    expect(rateLimiter.view()).toMatchObject({ used: 2, waiting: 0 });
  });

  it.each(['complete', 'cancel'] as const)('the next one gets a permit after %s', async (how) => {
    const { time, acquire } = setup();
    const ticket = acquire('a');
    await time.until(ticket.result());
    await (how === 'complete' ? ticket.complete(ANSWER) : ticket.cancel());
    expect(await time.until(acquire('b').result())).toEqual(GRANTED);
  });

  it('the next one gets a permit when the holder has said nothing for longer than a call takes', async () => {
    const { time, acquire } = setup();
    await time.until(acquire('a').result());
    await time.advance(11_000);
    expect(await acquire('b').result()).toEqual(ELSEWHERE);
    await time.advance(1000);
    expect(await time.until(acquire('b').result())).toEqual(GRANTED);
  });

  it('a follower with a better position brings the permit sooner, and takes none itself', async () => {
    const { time, rateLimiter, limiter, acquire } = setup();
    const flood = Array.from({ length: 6 }, (_, index) => acquire('flood', { call: `flood ${index}` }));
    await time.until(flood[0]?.result() ?? Promise.reject(new Error('there is one')));
    const leader = acquire('flood').result();
    const start = time.now();
    await limiter.join('call', 'follower');
    expect(await time.until(leader)).toEqual(GRANTED);
    expect(time.now() - start).toBe(1000);
    expect(rateLimiter.view()).toMatchObject({ used: 2, waiting: 5 });
  });
});

describe('a ticket', () => {
  it('that is cancelled while it waits leaves the queue', async () => {
    const { time, rateLimiter, acquire } = setup();
    await time.until(acquire('a').result());
    const ticket = acquire('b', { call: 'another' });
    expect(rateLimiter.view().waiting).toBe(1);
    await ticket.cancel();
    expect(rateLimiter.view()).toMatchObject({ used: 1, waiting: 0 });
  });

  it('that was granted and not used gives its call back, and a word after that changes nothing', async () => {
    const { time, rateLimiter, acquire } = setup();
    const ticket = acquire('a');
    await time.until(ticket.result());
    await ticket.cancel();
    expect(rateLimiter.view().used).toBe(0);
    expect(await ticket.complete({ ...ANSWER, limited: true, retryAfterMs: 30_000 })).toBe(1);
    expect([rateLimiter.view().used, rateLimiter.cooldownMs()]).toEqual([0, 0]);
  });
});

describe('slots that come later than expected', () => {
  it('are refused to who arrives, and kept by who waits, as long as they are of use', async () => {
    const { time, rateLimiter, acquire } = setup();
    await time.until(acquire('a').result());
    const waiter = acquire('b', { call: 'b', waitMs: 1000, longestMs: 2500 }).result();
    await time.advance(10);
    // A sign-in takes the slot that it was promised.
    await time.until(
      rateLimiter.acquire({ priority: 'sign_in', key: 'k', conversation: 'c', latestAt: time.now() + 5000 }),
    );
    expect(rateLimiter.view().waiting).toBe(1);
    const late = await acquire('c', { call: 'c', waitMs: 500, longestMs: 5000 }).result();
    expect(late).toMatchObject({ kind: 'refused', failure: { kind: 'busy' } });
    expect(await time.until(waiter)).toEqual(GRANTED);
  });
});
