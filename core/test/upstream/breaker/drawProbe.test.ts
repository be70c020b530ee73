import { describe, expect, it } from '@jest/globals';
import { type BreakerCall, createCallHistory } from '../../../src/upstream/breaker/callHistory.ts';
import { drawProbe } from '../../../src/upstream/breaker/drawProbe.ts';

const callFor = (pathAndQuery: string, key = 'a', conversation = 'c', method = 'GET'): BreakerCall => ({
  request: { method, pathAndQuery },
  turn: { priority: 'caller', key, conversation },
});

function history() {
  let now = 1000;
  const calls = createCallHistory(() => now);
  for (const [path, key, conversation] of [
    ['/labels/1', 'late', 'x'],
    ['/labels/2', 'early', 'x'],
    ['/labels/3', 'late', 'y'],
  ] as const) {
    now += 1000;
    calls.failed(callFor(path));
    calls.failedFor(callFor(path, key, conversation));
  }
  calls.worked(callFor('/labels/1?page=2', 'a', 'other'));
  calls.failed(callFor('/labels/1'));
  return calls;
}

describe('the probe', () => {
  it.each<[string, readonly BreakerCall[], number]>([
    ['a read before a write', [callFor('/x', 'a', 'c', 'PUT'), callFor('/labels/2', 'late', 'y')], 1],
    ['a request that has worked', [callFor('/artists/1'), callFor('/labels/1?page=2')], 1],
    ['a path that is not known to fail', [callFor('/labels/3?x'), callFor('/artists/1', 'late', 'y')], 1],
    ['a key that has had no failure', [callFor('/artists/1', 'early', 'n'), callFor('/artists/2', 'new')], 1],
    [
      'the key that failed longest ago',
      [callFor('/artists/1', 'late', 'n'), callFor('/artists/2', 'early', 'x')],
      1,
    ],
    [
      'the conversation that failed longest ago',
      [callFor('/artists/1', 'late', 'y'), callFor('/artists/2', 'late', 'x')],
      1,
    ],
  ])('is %s', (_, calls, expected) => {
    for (const order of [calls, calls.toReversed()]) {
      const waiters = order.map((call) => ({ call }));
      expect(drawProbe(waiters, history(), () => 0.5)?.call).toBe(calls[expected]);
    }
  });

  it('is any of equals', () => {
    const waiters = [1, 2, 3, 4].map((id) => ({ call: callFor(`/artists/${id}`) }));
    const drawn = [0, 0.3, 0.6, 0.999_999].map((random) => drawProbe(waiters, history(), () => random));
    expect(drawn).toEqual(waiters);
  });

  it('is nobody when nobody waits', () => {
    expect(drawProbe([], history(), () => 0)).toBeUndefined();
  });
});

describe('what a breaker remembers', () => {
  it('has a bound: the oldest path that failed counts again', () => {
    const calls = createCallHistory(() => 1000);
    for (let id = 0; id < 300; id += 1) expect(calls.failed(callFor(`/labels/${id}`))).toBe(true);
    expect(calls.failed(callFor('/labels/299'))).toBe(false);
    expect(calls.failed(callFor('/labels/0'))).toBe(true);
  });

  it('leaves out requests that are very long', () => {
    const calls = createCallHistory(() => 1000);
    const long = callFor(`/database/search?q=${'x'.repeat(1000)}`);
    calls.worked(long);
    expect(calls.isProven(long)).toBe(false);
  });
});
