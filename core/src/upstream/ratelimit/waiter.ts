/** Somebody's place in the queue of one gate. */
import type { Pass, Refused, Request } from './limiterTypes.ts';
import type { BudgetPolicy } from './policy.ts';
import type { Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** A waiter with what only its own gate knows of it. */
export interface Entry extends Waiter {
  /** `promisedBy` until it has a place in a plan, then `hardLatestAt`. */
  latestAt: number;
  readonly hardLatestAt: number;
  result: Pass | Refused | undefined;
  /** False for a call that went straight through, whose wait is exactly nothing. */
  waited: boolean;
  readonly decided: ((result: Pass | Refused) => void) | undefined;
  wake: () => void;
}

/** A waiter looks again at least this often: in some hosts nobody else can wake it. */
const LONGEST_NAP_MS = 1000;

/** A place of its own for `request`; `conversation` is the name under which it takes its turns. */
export const newEntry = (
  { lane, key, latestAt, promisedBy = latestAt, call, decided }: Request,
  id: string,
  conversation: string,
  at: number,
): Entry => ({
  id,
  lane,
  key,
  conversation,
  enteredAt: at,
  latestAt: promisedBy,
  hardLatestAt: latestAt,
  call,
  result: undefined,
  waited: false,
  decided,
  wake: () => {},
});

/** Milliseconds since it came; 0 for who went straight through. */
export const waitedMs = ({ waited, enteredAt }: Entry, now: () => number): number =>
  waited ? Math.max(0, now() - enteredAt) : 0;

/** How long a waiter sleeps: until the next moment at which `state`, the window as it was seen last, changes by itself. */
export function napMs(
  { latestAt }: Entry,
  state: WindowState | undefined,
  policy: BudgetPolicy,
  at: number,
): number {
  const oldest = state?.ended[0];
  const changes = [
    latestAt,
    at + LONGEST_NAP_MS,
    ...(oldest ? [oldest.at + policy.windowMs] : []),
    ...(state ? [state.lastSentAt + policy.spacingMs] : []),
    ...(state?.pause ? [state.pause.until] : []),
  ].filter((change) => change > at);
  return Math.max(1, Math.min(...changes) - at);
}
