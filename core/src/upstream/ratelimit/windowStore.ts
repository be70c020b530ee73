/** Where the shared window lives: this process, or a table that all instances see. */

import type { BudgetPolicy } from './policy.ts';
import type { LineSeen, WaitingLine } from './queue.ts';
import type { Waiter } from './schedule.ts';
import { emptyWindow, type WindowState } from './window.ts';

/** A state as read, with what a write must name so that no other write is lost. */
export interface StoredWindow {
  readonly state: WindowState;
  readonly version: string;
  /** With a line: who stood in it when the state was read. */
  readonly line?: LineSeen;
}

/**
 * A compare-and-set register for one window. Both calls may reject; the gate then goes on by itself. What is known at
 * once comes without a promise: a window in memory is asked twice for each call.
 */
export interface WindowStore {
  /** For traces and status. */
  readonly kind: 'memory' | 'tables' | 'd1';
  read(): StoredWindow | Promise<StoredWindow>;
  /**
   * The new version, or undefined when somebody else wrote since `version` was read. `taken` are the waiters whose calls
   * are new in `state`; a line marks them, and all who want the same calls, as served.
   */
  write(
    state: WindowState,
    version: string,
    taken?: readonly Waiter[],
  ): string | undefined | Promise<string | undefined>;
  /** False where `version` may have been overtaken: before anybody is made to wait, it is worth another read. */
  isCurrent(version: string): boolean;
  /** Where the waiters of all instances stand. Absent: each instance plans for its own only. */
  readonly line?: WaitingLine;
}

/** The window of a single process. */
export function memoryWindowStore(policy: BudgetPolicy): WindowStore {
  let state = emptyWindow(policy);
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
