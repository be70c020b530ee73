/** Keeps the Tables SDK out of the start. A module that does not load is a store that is away. */
import { lazy, type SharedStore, type WindowStore } from '@discogs-agent/core';
import { MAX_ANSWER_ENTITY_BYTES } from './answerEntity.ts';
import type { AnswerTableOptions } from './answerTable.ts';
import type { WindowTableOptions } from './windowTable.ts';

interface Stores {
  createWindowTable(options: WindowTableOptions): WindowStore;
  createAnswerTable(options: AnswerTableOptions): SharedStore;
}

type Load = () => Promise<Stores>;

const load: Load = () => import('./stores.ts');

/** The shared window. */
export function lazyWindowTable(options: WindowTableOptions, loadStores = load): WindowStore {
  const store = lazy(async () => (await loadStores()).createWindowTable(options));
  return {
    kind: 'tables',
    read: async () => (await store.get()).read(),
    write: async (state, version) => (await store.get()).write(state, version),
    isCurrent: (version) => store.loaded()?.isCurrent(version) ?? false,
  };
}

/** The shared answers. */
export function lazyAnswerTable(options: AnswerTableOptions, loadStores = load): SharedStore {
  const store = lazy(async () => (await loadStores()).createAnswerTable(options));
  return {
    kind: 'tables',
    maxBytes: MAX_ANSWER_ENTITY_BYTES,
    read: async (name) => (await store.get()).read(name),
    lease: async (name, version, ms) => (await store.get()).lease(name, version, ms),
    put: async (name, bytes, keepMs) => (await store.get()).put(name, bytes, keepMs),
    release: async (name, version) => (await store.get()).release(name, version),
  };
}
