/** Where the broker keeps what it must not forget: with the shared state of all instances, or in this process. */
import type { SharedStore } from '@discogs-agent/core';
import {
  type BrokerStores,
  memorySharedStore,
  memoryStores,
  type Prunable,
} from '@discogs-agent/core/broker';
import type { TablesAddress } from '../tables/tablesAddress.ts';
import type { BrokerHostOptions } from './brokerDoor.ts';

/** The sign-in's stores, the search cache, and what of it grows old. */
export interface HostStores {
  readonly stores: BrokerStores;
  readonly answers: SharedStore;
  readonly prunable: readonly Prunable[];
}

/** Dependencies of the stores. */
export interface HostStoresOptions {
  readonly address: TablesAddress | undefined;
  /** Whose answers the cache is made from. */
  readonly upstream: string;
  /** Nothing is kept longer than this, in seconds. */
  readonly longestSeconds: number;
  /** For ages in this process' own memory. */
  readonly now: () => number;
  /** What a table's clock is measured against: one that leaps would date rows wrongly until the next answer. */
  readonly steadyNow: () => number;
  readonly loadTables: BrokerHostOptions['loadTables'];
}

/** Loads the Tables SDK where it is needed. Opens nothing. */
export async function hostStores(options: HostStoresOptions): Promise<HostStores> {
  const { address, upstream, longestSeconds, now, steadyNow, loadTables } = options;
  if (!address) return { stores: memoryStores(), answers: memorySharedStore(now), prunable: [] };
  const { createAnswerTable, createBrokerTables } = await loadTables();
  const { random } = Math;
  // A place of its own: what is kept here are payloads, not Discogs' answers.
  const place = `broker-search ${upstream}`;
  const answers = createAnswerTable({ address, upstream: place, longestSeconds, now: steadyNow, random });
  return {
    stores: createBrokerTables({ address, now: steadyNow, random }),
    answers,
    prunable: [{ name: 'discogs_search_cache', prune: answers.prune }],
  };
}
