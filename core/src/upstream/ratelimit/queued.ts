/** Waiting requests, and the memory that fairness is based on. */

/** Priorities: a sign-in, for which a person waits, then callers, then background refresh. */
export type Priority = 'sign_in' | 'caller' | 'refresh';

/** A request that waits for a slot. */
export interface Waiter {
  readonly id: string;
  readonly priority: Priority;
  readonly key: string;
  readonly conversation: string;
  readonly enteredAt: number;
  /** Latest useful time for a slot. */
  readonly latestAt: number;
  /** Waiters with the same `call` want the same call: one slot serves all of them. */
  readonly call?: string | undefined;
}

/** What fairness remembers: when each was served last, and when each was last active. */
export interface FairnessMemory {
  readonly keyServedAt: ReadonlyMap<string, number>;
  readonly conversationServedAt: ReadonlyMap<string, number>;
  readonly conversationActiveAt: ReadonlyMap<string, number>;
}
