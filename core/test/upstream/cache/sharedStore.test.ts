import { memorySharedAnswers } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { sharedAnswersTests } from '../../support/sharedAnswersTests.ts';

describe('shared answers in memory', () => {
  sharedAnswersTests(async () => {
    const store = memorySharedAnswers(Date.now);
    return () => store;
  });

  it('forgets the oldest names beyond its limit', async () => {
    const store = memorySharedAnswers(Date.now, 2);
    for (const name of ['a', 'b', 'c']) await store.put(name, new Uint8Array(1));
    const known = await Promise.all(['a', 'b', 'c'].map(async (name) => (await store.read(name)).bytes));
    expect(known.map((bytes) => bytes !== undefined)).toEqual([false, true, true]);
  });
});
