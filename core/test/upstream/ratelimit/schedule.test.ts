import { describe, expect, it } from '@jest/globals';
import { type BudgetPolicy, discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { plan, type Waiter } from '../../../src/upstream/ratelimit/schedule.ts';
import { emptyWindow } from '../../../src/upstream/ratelimit/window.ts';

const NOW = 1_000_000;
const POLICY: BudgetPolicy = { ...discogsBudget(true), spacingMs: 1000 };
const NOBODY = { keyServedAt: new Map(), conversationServedAt: new Map(), conversationActiveAt: new Map() };

const waiter = (id: string, more: Partial<Waiter> = {}): Waiter => ({
  ...{ id, priority: 'caller', key: id, conversation: `${id}/`, enteredAt: NOW, latestAt: NOW + 60_000 },
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
    const priorities = (['refresh', 'caller', 'sign_in'] as const).map((priority) =>
      waiter(priority, { priority }),
    );
    expect(planned(...priorities)).toEqual({ sign_in: 0, caller: 1, refresh: 2 });
  });
});
