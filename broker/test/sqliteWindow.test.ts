/** The window of the rate limiter's Durable Object: what is stored when, and what a leap of the clock does to it. */
import { createRateLimiter } from '@discogs-agent/core';
import { brokerBudget } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { virtualTime } from '../../core/test/support/virtualTime.ts';
import { windowStoreTests } from '../../core/test/support/windowStoreTests.ts';
import { type Sql, sqliteWindowStore } from '../src/limiter/sqliteWindow.ts';

const POLICY = brokerBudget(1000);
const START = 1_700_000_000_000;
const DAY_MS = 86_400_000;

/** One row; real SQLite is in the tests of the whole object. */
function oneRow() {
  const written: string[] = [];
  const sql: Sql = {
    exec(query, ...values) {
      if (query.startsWith('INSERT')) written.push(...values);
      const rows = written.slice(-1).map((state) => ({ state }));
      return { toArray: () => (query.startsWith('SELECT') ? rows : []) };
    },
  };
  return { sql, written };
}

describe('the window of the rate limiter', () => {
  windowStoreTests(async () => {
    const store = sqliteWindowStore(oneRow().sql, POLICY, () => START);
    return () => store;
  });
});

describe('the rate limiter over it', () => {
  function setup() {
    const time = virtualTime(START);
    const clock = { aheadMs: 0 };
    const now = () => time.now() + clock.aheadMs;
    const { sql, written } = oneRow();
    let ids = 0;
    const newId = () => {
      ids += 1;
      return `id-${ids}`;
    };
    const open = () => {
      const store = sqliteWindowStore(sql, POLICY, now);
      return createRateLimiter({
        policy: POLICY,
        store,
        now,
        newId,
        setTimer: time.setTimer,
        waitUntil: () => {},
      });
    };
    const acquire = (rateLimiter = open(), waitMs = 20_000) =>
      time.until(
        rateLimiter.acquire({ priority: 'caller', key: 'k', conversation: 'c', latestAt: now() + waitMs }),
      );
    return { time, clock, written, open, acquire };
  }

  it('writes one row for each call, and none for its end', async () => {
    const { written, open, acquire } = setup();
    const rateLimiter = open();
    for (let call = 1; call <= 3; call += 1) {
      const permit = await acquire(rateLimiter);
      if (permit.kind === 'refused') throw new Error('there is room');
      expect(written).toHaveLength(call);
      permit.complete({ limited: false, limit: 60, used: call, retryAfterMs: undefined });
      expect(written).toHaveLength(call);
    }
  });

  it('counts a call that was under way at a restart', async () => {
    const { time, open, acquire } = setup();
    const rateLimiter = open();
    for (let call = 0; call < 60; call += 1) await acquire(rateLimiter);
    await time.advance(1000);
    expect(await acquire(open())).toMatchObject({ kind: 'refused' });
  });

  it('takes the minute for a full one when its clock, which was a day ahead, is right again, and goes on then', async () => {
    const { time, clock, open, acquire } = setup();
    const rateLimiter = open();
    clock.aheadMs = DAY_MS;
    expect(await acquire(rateLimiter)).toMatchObject({ kind: 'granted' });
    clock.aheadMs = 0;
    const refused = await acquire(rateLimiter);
    expect(refused).toMatchObject({ kind: 'refused', slotInMs: expect.any(Number) });
    await time.advance(refused.kind === 'granted' ? 0 : (refused.slotInMs ?? 0));
    expect(await acquire(rateLimiter, 0)).toMatchObject({ kind: 'granted' });
  });
});
