import { memorySharedStore } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { sharedStoreTests } from '../../support/sharedStoreTests.ts';

describe('shared answers in memory', () => {
  sharedStoreTests(async () => {
    const store = memorySharedStore(Date.now);
    return () => store;
  });

  it('forgets the oldest names beyond its limit', async () => {
    const store = memorySharedStore(Date.now, 2);
    for (const name of ['a', 'b', 'c']) await store.put(name, new Uint8Array(1));
    const known = await Promise.all(['a', 'b', 'c'].map(async (name) => (await store.read(name)).bytes));
    expect(known.map((bytes) => bytes !== undefined)).toEqual([false, true, true]);
  });
});
