/** Window and answers: this process' own, or those that all instances share. */
import {
  type BudgetPolicy,
  createAnswerCodec,
  createResilientStore,
  createSharedCache,
  createWindowCodec,
  gzip,
  type Log,
  memoryWindowStore,
  type SharedCache,
  type WindowStore,
} from '@discogs-agent/core';
import { lazyAnswerTable, lazyWindowTable } from './tables/lazyTables.ts';
import type { TablesAddress } from './tables/tablesAddress.ts';

/** The clocks of two instances are known to agree within a second, no better. */
const CLOCK_MARGIN_MS = 1000;

/** What the cachingClient stands on. */
export interface SharedState {
  readonly policy: BudgetPolicy;
  readonly window: WindowStore;
  readonly isHealthy: () => boolean;
  readonly answers: SharedCache | undefined;
}

/** Dependencies of the host. */
export interface SharedStateOptions {
  /** Absent: nothing is shared. */
  readonly tables: TablesAddress | undefined;
  readonly policy: BudgetPolicy;
  readonly upstream: string;
  readonly longestSeconds: number;
  readonly now: () => number;
  /** For the ages of answers. */
  readonly ageNow: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
}

/** Opens nothing: the first call does, and does not wait for it. */
export function sharedState(options: SharedStateOptions): SharedState {
  const { tables: address, upstream, longestSeconds, now, ageNow, setTimer, waitUntil, log } = options;
  if (!address) {
    const window = memoryWindowStore(options.policy);
    return { policy: options.policy, window, isHealthy: () => true, answers: undefined };
  }
  const policy = { ...options.policy, windowMs: options.policy.windowMs + CLOCK_MARGIN_MS };
  const primary = lazyWindowTable({ address, codec: createWindowCodec(policy), now });
  const window = createResilientStore({ primary, policy, now, setTimer, waitUntil, log });
  const store = lazyAnswerTable({ address, upstream, longestSeconds, now, random: Math.random });
  const codec = createAnswerCodec(gzip);
  const answers = createSharedCache({ store, codec, now, ageNow, setTimer, waitUntil, log });
  return { policy, window, isHealthy: () => window.healthy() && answers.healthy(), answers };
}
