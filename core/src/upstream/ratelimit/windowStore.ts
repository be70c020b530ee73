/** Where the shared window lives: this process, or a table that all instances see. */

import type { BudgetPolicy } from './policy.ts';
import { emptyWindow, type WindowState } from './window.ts';

/** A state with its version, for optimistic concurrency control. */
export interface StoredWindow {
  readonly state: WindowState;
  readonly version: string;
}

/**
 * A compare-and-set register for one window. `read` and `write` may reject. A store in memory answers without a promise,
 * since it is asked twice for each call.
 */
export interface WindowStore {
  /** For traces and status. */
  readonly kind: 'memory' | 'tables' | 'durable_object';
  read(): StoredWindow | Promise<StoredWindow>;
  /** The new version; undefined on a conflict, if `version` is no longer current. */
  write(state: WindowState, version: string): string | undefined | Promise<string | undefined>;
  /** False if `version` may be outdated: then the window is read again before anybody has to wait. */
  isCurrent(version: string): boolean;
}

/** A store that answers synchronously. */
export interface SyncWindowStore extends WindowStore {
  read(): StoredWindow;
  write(state: WindowState, version: string): string | undefined;
}

/** The window of a single process, which begins with `first`. */
export function memoryWindowStore(policy: BudgetPolicy, first = emptyWindow(policy)): SyncWindowStore {
  let state = first;
  let writes = 0;
  let version = '0';
  return {
    kind: 'memory',
    read: () => ({ state, version }),
    write: (next, expected) => {
      if (expected !== version) return undefined;
      state = next;
      writes += 1;
      version = String(writes);
      return version;
    },
    isCurrent: (known) => known === version,
  };
}
