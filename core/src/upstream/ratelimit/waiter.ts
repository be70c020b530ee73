/** An entry of the rate limiter's queue. */
import type { AcquireRequest, Permit, Refused } from './limiterTypes.ts';
import type { BudgetPolicy } from './policy.ts';
import type { Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** A waiter with its local state. */
export interface QueueEntry extends Waiter {
  /** `promisedBy` until it has a slot in a plan, then `hardLatestAt`. */
  latestAt: number;
  readonly hardLatestAt: number;
  result: Permit | Refused | undefined;
  /** False for a request that was decided at once: its wait is exactly 0. */
  waited: boolean;
  readonly onDecided: ((result: Permit | Refused) => void) | undefined;
  wake: () => void;
}

/** Longest time between two polls: with a shared store, another instance's change wakes nobody here. */
const LONGEST_POLL_DELAY_MS = 1000;

/** The entry for `request`; `conversation` is the name used for fairness. */
export const newEntry = (
  { priority, key, latestAt, promisedBy = latestAt, call, onDecided }: AcquireRequest,
  id: string,
  conversation: string,
  at: number,
): QueueEntry => ({
  id,
  priority,
  key,
  conversation,
  enteredAt: at,
  latestAt: promisedBy,
  hardLatestAt: latestAt,
  call,
  result: undefined,
  waited: false,
  onDecided,
  wake: () => {},
});

/** Milliseconds since arrival; 0 for a request that was decided at once. */
export const waitedMs = ({ waited, enteredAt }: QueueEntry, now: () => number): number =>
  waited ? Math.max(0, now() - enteredAt) : 0;

/** Time until the next poll: until `state`, the window as last seen, changes by itself. */
export function pollDelayMs(
  { latestAt }: QueueEntry,
  state: WindowState | undefined,
  policy: BudgetPolicy,
  at: number,
): number {
  const oldest = state?.ended[0];
  const changes = [
    latestAt,
    at + LONGEST_POLL_DELAY_MS,
    ...(oldest ? [oldest.at + policy.windowMs] : []),
    ...(state ? [state.lastSentAt + policy.spacingMs] : []),
    ...(state?.cooldown ? [state.cooldown.until] : []),
  ].filter((change) => change > at);
  return Math.max(1, Math.min(...changes) - at);
}
