import { describe, expect, it } from '@jest/globals';
import { type BudgetPolicy, discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { acceptableUntil, lineNapMs, planLine, type Suspect } from '../../../src/upstream/ratelimit/queue.ts';
import { plan, type Waiter } from '../../../src/upstream/ratelimit/schedule.ts';
import { emptyWindow } from '../../../src/upstream/ratelimit/window.ts';

const NOW = 1_000_000;
const POLICY: BudgetPolicy = { ...discogsBudget(true), spacingMs: 1000 };
const NOBODY = { keyServedAt: new Map(), conversationServedAt: new Map(), conversationActiveAt: new Map() };

const waiter = (id: string, more: Partial<Waiter> = {}): Waiter => ({
  ...{ id, lane: 'caller', key: id, conversation: `${id}/`, enteredAt: NOW, latestAt: NOW + 60_000 },
  ...more,
});

/** Who goes when, in seconds from now. */
function planned(...waiters: Waiter[]): Record<string, number> {
  const result = plan(emptyWindow(POLICY), waiters, NOBODY, POLICY, NOW, NOW + 60_000);
  return Object.fromEntries(result.map(({ waiter: { id }, at }) => [id, (at - NOW) / 1000]));
}

describe('a plan', () => {
  it('serves all who want the same call with one slot, at the time of the best of them', () => {
    const late = waiter('late', { call: 'c', enteredAt: NOW + 9 });
    expect(planned(waiter('a'), waiter('b', { call: 'c' }), waiter('d'), late)).toEqual({
      a: 0,
      b: 1,
      late: 1,
      d: 2,
    });
  });

  it('serves nobody after its time, although somebody with more time wants the same', () => {
    const hasty = waiter('hasty', { call: 'c', latestAt: NOW + 500, enteredAt: NOW + 9 });
    expect(planned(waiter('a'), waiter('patient', { call: 'c' }), hasty)).toEqual({ a: 0, patient: 1 });
  });

  it('lets a sign-in go before callers, and callers before refreshes', () => {
    const lanes = (['refresh', 'caller', 'sign_in'] as const).map((lane) => waiter(lane, { lane }));
    expect(planned(...lanes)).toEqual({ sign_in: 0, caller: 1, refresh: 2 });
  });
});

describe('a plan over a line', () => {
  const line = { waiters: [waiter('first', { enteredAt: NOW - 10 })], served: [] };
  const own = new Map([['mine', waiter('mine')]]);
  const look = (now: number, watched?: Suspect) =>
    planLine(emptyWindow(POLICY), line, own, watched, POLICY, now, now + 60_000);

  it('waits for whoever is first, and goes on without them when they let their turn pass', () => {
    const begun = look(NOW);
    expect(begun).toMatchObject({ suspect: { id: 'first', since: NOW }, dead: undefined });
    expect(begun.planned.map(({ waiter: { id } }) => id)).toEqual(['first', 'mine']);
    expect(look(NOW + 2000, begun.suspect).dead).toBeUndefined();
    const gone = look(NOW + 2001, begun.suspect);
    expect([gone.dead, gone.planned.map(({ waiter: { id } }) => id)]).toEqual(['first', ['mine']]);
  });

  it('begins to watch anew when somebody else is first', () => {
    expect(look(NOW + 9000, { id: 'another', since: NOW }).dead).toBeUndefined();
  });
});

describe('a wait in line', () => {
  it.each([0, 500, 1100, 5000, 12_000, 20_000])(
    'of %i ms takes few looks, and none is late',
    (expectedMs) => {
      let waited = 0;
      let looks = 0;
      let longestFirst = 0;
      while (waited < expectedMs) {
        const nap = lineNapMs(expectedMs - waited, waited);
        if (looks === 0) longestFirst = nap;
        waited += nap;
        looks += 1;
      }
      expect(looks).toBeLessThanOrEqual(14);
      expect(longestFirst).toBeLessThanOrEqual(1500);
      expect(waited).toBeLessThanOrEqual(expectedMs);
    },
  );

  it('bears a slot that slips by a tenth of the time waited, never past the end', () => {
    expect(acceptableUntil(20_000, 0, 22_000)).toBe(20_000);
    expect(acceptableUntil(20_000, 10_000, 22_000)).toBe(21_000);
    expect(acceptableUntil(20_000, 90_000, 22_000)).toBe(22_000);
  });
});
