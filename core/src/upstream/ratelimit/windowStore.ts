/** Where the shared window lives: this process, or a table that all instances see. */

import type { BudgetPolicy } from './policy.ts';
import { emptyWindow, type WindowState } from './window.ts';

/** A state as read, with what a write must name so that no other write is lost. */
export interface StoredWindow {
  readonly state: WindowState;
  readonly version: string;
}

/**
 * A compare-and-set register for one window. Both calls may reject; the gate then goes on by itself. What is known at
 * once comes without a promise: a window in memory is asked twice for each call.
 */
export interface WindowStore {
  /** For traces and status. */
  readonly kind: 'memory' | 'tables' | 'durable_object';
  read(): StoredWindow | Promise<StoredWindow>;
  /** The new version, or undefined when somebody else wrote since `version` was read. */
  write(state: WindowState, version: string): string | undefined | Promise<string | undefined>;
  /** False where `version` may have been overtaken: before anybody is made to wait, it is worth another read. */
  isCurrent(version: string): boolean;
}

/** A store that answers at once. */
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
