/** A shared window that can be slow, away, or lose what it was told. */

import type { BudgetPolicy } from '../../src/upstream/ratelimit/policy.ts';
import { memoryWindowStore, type WindowStore } from '../../src/upstream/ratelimit/windowStore.ts';

export interface FlakyStore extends WindowStore {
  /** What each of the following calls does. */
  mode: 'well' | 'down' | 'loses answers' | 'never ends' | 'says old';
  delayMs: number;
  operations: number;
}

export function flakyStore(policy: BudgetPolicy, sleep: (ms: number) => Promise<void>): FlakyStore {
  const memory = memoryWindowStore(policy);
  const store: FlakyStore = {
    kind: 'tables',
    mode: 'well',
    delayMs: 5,
    operations: 0,
    async read() {
      store.operations += 1;
      await trouble();
      return memory.read();
    },
    async write(state, version) {
      store.operations += 1;
      if (store.mode === 'says old') {
        await sleep(store.delayMs);
        return undefined;
      }
      await trouble();
      const written = await memory.write(state, version);
      if (store.mode === 'loses answers') throw new Error('socket hang up');
      return written;
    },
    isCurrent: memory.isCurrent,
  };
  async function trouble(): Promise<void> {
    await sleep(store.delayMs);
    if (store.mode === 'down') throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    if (store.mode === 'never ends') await new Promise(() => {});
  }
  return store;
}
