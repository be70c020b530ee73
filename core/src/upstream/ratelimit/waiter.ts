/** Somebody's place in the queue of one gate. */
import type { Pass, Refused, Request } from './limiterTypes.ts';
import type { BudgetPolicy } from './policy.ts';
import { acceptableUntil, lineNapMs } from './queue.ts';
import type { Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** A waiter with what only its own gate knows of it. */
export interface Entry extends Waiter {
  latestAt: number;
  readonly hardLatestAt: number;
  readonly promisedBy: number | undefined;
  readonly refusesInPause: boolean;
  /** When the last look expected its slot. */
  expectedAt: number;
  /** It is in the line. */
  stands: boolean;
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
  { lane, key, latestAt, promisedBy, call, refusesInPause = false, decided }: Request,
  id: string,
  conversation: string,
  at: number,
): Entry => ({
  id,
  lane,
  key,
  conversation,
  enteredAt: at,
  latestAt,
  hardLatestAt: latestAt,
  promisedBy,
  refusesInPause,
  call,
  expectedAt: latestAt,
  stands: false,
  result: undefined,
  waited: false,
  decided,
  wake: () => {},
});

/** Milliseconds since it came; 0 for who went straight through. */
export const waitedMs = ({ waited, enteredAt }: Entry, now: () => number): number =>
  waited ? Math.max(0, now() - enteredAt) : 0;

/** A place in a line that was promised a slot keeps it a little longer than promised. */
export function extendPromise(entry: Entry, at: number): void {
  const { promisedBy, enteredAt, hardLatestAt } = entry;
  if (promisedBy !== undefined) entry.latestAt = acceptableUntil(promisedBy, at - enteredAt, hardLatestAt);
}

/** How long one in a line sleeps. */
export const napInLineMs = ({ expectedAt, enteredAt, hardLatestAt }: Entry, at: number): number =>
  Math.max(1, Math.min(lineNapMs(expectedAt - at, at - enteredAt), hardLatestAt - at));

/** How long others sleep: until the next moment at which `state`, the window as it was seen last, changes by itself. */
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
