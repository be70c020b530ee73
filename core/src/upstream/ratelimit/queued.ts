/** Requests that wait for a permit, and what is remembered about those before them. */

/** A sign-in has a person in front of a browser and goes first; callers go before background refresh. */
export type Lane = 'sign_in' | 'caller' | 'refresh';

/** Somebody who waits for a slot. */
export interface Waiter {
  readonly id: string;
  readonly lane: Lane;
  readonly key: string;
  readonly conversation: string;
  readonly enteredAt: number;
  /** Later than this a slot is of no use to it. */
  readonly latestAt: number;
  /** Waiters with the same name here want the same call: one slot serves them all. */
  readonly call?: string | undefined;
}

/** What fairness remembers: when each was served last, and when each was last active. */
export interface FairnessMemory {
  readonly keyServedAt: ReadonlyMap<string, number>;
  readonly conversationServedAt: ReadonlyMap<string, number>;
  readonly conversationActiveAt: ReadonlyMap<string, number>;
}
