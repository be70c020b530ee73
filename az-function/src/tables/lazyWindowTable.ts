/** Keeps the Tables SDK out of the start: it is loaded beside the first call. */
import type { WindowStore } from '@discogs-agent/core';
import type { WindowTableOptions } from './windowTable.ts';

type Load = () => Promise<{ createWindowTable(options: WindowTableOptions): WindowStore }>;

/** A store that loads `windowTable.ts` on first use. A module that does not load is a store that is away. */
export function lazyWindowTable(
  options: WindowTableOptions,
  load: Load = () => import('./windowTable.ts'),
): WindowStore {
  let loading: Promise<WindowStore> | undefined;
  let store: WindowStore | undefined;
  async function open(): Promise<WindowStore> {
    loading ??= load().then(({ createWindowTable }) => createWindowTable(options));
    try {
      store = await loading;
      return store;
    } catch (error) {
      // Forgotten, so that the next call tries again.
      loading = undefined;
      throw error;
    }
  }
  return {
    kind: 'tables',
    read: async () => (await open()).read(),
    write: async (state, version) => (await open()).write(state, version),
    isCurrent: (version) => store?.isCurrent(version) ?? false,
  };
}
