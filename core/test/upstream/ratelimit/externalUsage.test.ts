import { describe, expect, it } from '@jest/globals';
import {
  externalCallsNow,
  NO_EXTERNAL_USAGE,
  observeExternalUsage,
} from '../../../src/upstream/ratelimit/externalUsage.ts';
import { discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';

const POLICY = discogsBudget(true);
const at = (seen: number, now: number): number =>
  externalCallsNow(observeExternalUsage(NO_EXTERNAL_USAGE, seen, POLICY, 0), POLICY, 60, now);

describe('strangers on the same address', () => {
  it('are none until one is seen', () => {
    expect(externalCallsNow(NO_EXTERNAL_USAGE, POLICY, 60, 1e9)).toBe(0);
    expect(at(0, 30_000)).toBe(0);
  });

  it('may have become more the longer nobody looked', () => {
    const counted = [100, 2000, 20_000, 59_000].map((now) => at(30, now));
    expect(counted).toEqual(counted.toSorted((a, b) => a - b));
    expect(counted[0]).toBe(31);
    expect(counted[1]).toBeGreaterThan(31);
    expect(counted[3]).toBeLessThan(60);
  });

  it('leave room to find out after a silent window, and are expected back', () => {
    expect(at(60, 1000)).toBe(60);
    expect(at(60, 60_000)).toBe(30);
    expect(at(12, 60_000)).toBe(12);
  });

  it('are not fewer because an earlier arrival answers later', () => {
    const many = observeExternalUsage(NO_EXTERNAL_USAGE, 20, POLICY, 10_000);
    expect(observeExternalUsage(many, 3, POLICY, 10_100)).toBe(many);
    expect(observeExternalUsage(many, 3, POLICY, 15_100).calls).toBe(3);
  });
});
