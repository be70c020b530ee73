import { describe, expect, it } from '@jest/globals';
import { discogsBudget } from '../../src/gateway/budget/policy.ts';
import { memoryWindowStore } from '../../src/gateway/budget/store.ts';
import { emptyWindow, prune } from '../../src/gateway/budget/window.ts';
import { decodeWindow, encodeWindow, shiftWindow } from '../../src/gateway/budget/windowCodec.ts';
import { POLICY, windowStoreTests } from '../support/windowStoreTests.ts';

describe('the window in memory', () => {
  windowStoreTests(async () => {
    const store = memoryWindowStore(POLICY);
    return () => store;
  });
});

describe('the window as text', () => {
  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"v":2}',
    '{"v":1,"limit":"60"}',
    encodeWindow(emptyWindow(POLICY)).slice(1),
  ])('is empty where the text is %j', (text) => {
    expect(decodeWindow(text, POLICY)).toEqual(emptyWindow(POLICY));
  });

  it('moves to another clock and back', () => {
    const state = {
      ...emptyWindow(POLICY),
      ended: [{ at: 5000, conversation: 'c', calls: 1 }],
      endedCalls: 1,
    };
    expect(shiftWindow(state, 250).ended[0]?.at).toBe(5250);
    expect(shiftWindow(shiftWindow(state, 5000), -5000)).toEqual(state);
  });
});

describe('a probe whose holder has died', () => {
  it('makes way for another one when its slot lapses', () => {
    const policy = discogsBudget(true);
    const state = {
      ...emptyWindow(policy),
      underWay: [{ id: 'dead', key: 'k', conversation: 'c', sentAt: 0 }],
      pause: { until: 0, lengthMs: 2000, probe: 'dead' },
    };
    expect(prune(state, policy, 69_000).pause?.probe).toBe('dead');
    expect(prune(state, policy, 70_000).pause).toEqual({ until: 0, lengthMs: 2000, probe: undefined });
  });
});
