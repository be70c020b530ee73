import { describe, expect, it } from '@jest/globals';
import { createClockOffset } from '../../src/lib/clockOffset.ts';

const START = 1_700_000_000_000;
const DAY_MS = 86_400_000;

/** A store whose clock shows whole seconds, and is this far ahead of a process that asks it at `at`. */
function setup() {
  const clock = createClockOffset(1000);
  return {
    clock,
    ask(at: number, aheadMs: number, tookMs = 20) {
      const served = Math.floor((START + at + tookMs / 2 + aheadMs) / 1000) * 1000;
      clock.observe(served, START + at, START + at + tookMs);
      return clock.offsetMs;
    },
  };
}

describe('the offset of a store’s clock', () => {
  it('stays 0 while the clocks agree within what the store counts in', () => {
    const { ask } = setup();
    const offsets = Array.from({ length: 50 }, (_, index) => ask(index * 137, 0));
    expect(new Set(offsets)).toEqual(new Set([0]));
  });

  it.each([
    ['a day ahead', DAY_MS],
    ['an hour behind', -3_600_000],
  ])('is known after one answer of a store that is %s, and then stays', (_, aheadMs) => {
    const { ask } = setup();
    const first = ask(0, aheadMs);
    expect(Math.abs(first - aheadMs)).toBeLessThanOrEqual(1000);
    expect(ask(500, aheadMs)).toBe(first);
  });

  it('grows by a sleep, in which the clock of the process stood still', () => {
    const { ask } = setup();
    ask(0, 0);
    expect(Math.abs(ask(1000, 7 * 3_600_000) - 7 * 3_600_000)).toBeLessThanOrEqual(1000);
  });

  it.each([
    ['says nothing about the time', Number.NaN, START, START + 20],
    ['comes before its question', START + DAY_MS, START + 20, START],
    ['took too long to say when it was', START + DAY_MS, START, START + 2001],
  ])('does not move by an answer that %s', (_, served, sentAt, receivedAt) => {
    const { clock } = setup();
    clock.observe(served, sentAt, receivedAt);
    expect(clock.offsetMs).toBe(0);
  });
});
