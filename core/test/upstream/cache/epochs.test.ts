import { expect, it } from '@jest/globals';
import { createEpochs } from '../../../src/upstream/cache/epochs.ts';

it('a write of a user leads to cache keys that neither this process nor another one has used', () => {
  const [one, other] = [createEpochs(() => 0.25), createEpochs(() => 0.75)];
  expect([one.of('anna'), other.of('anna')]).toEqual([0, 0]);
  const seen = new Set([0]);
  for (const epochs of [one, other]) {
    for (let write = 0; write < 3; write += 1) {
      epochs.raise('anna');
      expect(seen.has(epochs.of('anna'))).toBe(false);
      seen.add(epochs.of('anna'));
    }
  }
  expect(one.of('ben')).toBe(0);
});
