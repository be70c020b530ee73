import { describe, expect, it } from '@jest/globals';
import { discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { emptyWindow, prune } from '../../../src/upstream/ratelimit/window.ts';
import { createWindowCodec, encodeWindow, shiftWindow } from '../../../src/upstream/ratelimit/windowCodec.ts';
import { memoryWindowStore } from '../../../src/upstream/ratelimit/windowStore.ts';
import { POLICY, windowStoreTests } from '../../support/windowStoreTests.ts';

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
    expect(createWindowCodec(POLICY).decode(text, 0)).toEqual(emptyWindow(POLICY));
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
  it('makes way for another one when it must have ended, and counts for as long as any other call', () => {
    const policy = discogsBudget(true);
    const state = {
      ...emptyWindow(policy),
      inFlight: [{ id: 'dead', key: 'k', conversation: 'c', sentAt: 0 }],
      cooldown: { until: 0, lengthMs: 2000, probe: 'dead' },
    };
    expect(prune(state, policy, 11_000)).toBe(state);
    const later = prune(state, policy, 12_000);
    expect(later.cooldown).toEqual({ until: 0, lengthMs: 2000, probe: undefined });
    expect(later.inFlight).toEqual(state.inFlight);
    expect(prune(later, policy, 70_000).inFlight).toEqual([]);
  });
});
