/** The window that a broker's store tells of: what it keeps is the newest send time, a pause and the line. Pure. */

import type { BudgetPolicy } from '../../upstream/ratelimit/policy.ts';
import type { LineSeen } from '../../upstream/ratelimit/queue.ts';
import { emptyWindow } from '../../upstream/ratelimit/window.ts';
import type { StoredWindow } from '../../upstream/ratelimit/windowStore.ts';

/** As it was read; times in ms since 1970, 0 for never. */
export interface LineRead {
  readonly lastSentAt: number;
  readonly coolDownUntil: number;
  readonly line: LineSeen;
}

/** Discogs' windows are minutes; a header that asks for more must not close the broker for days. */
export const LONGEST_COOL_DOWN_MS = 3_600_000;
/** No pause ends later than this from now; the clocks of two instances may differ by the minute. */
export const FARTHEST_COOL_DOWN_MS = LONGEST_COOL_DOWN_MS + 60_000;

/** Whether a pause lasts at `now`. One that ends later than any was written by a clock that was ahead. */
export const isCoolingDown = (until: number, now: number): boolean =>
  until > now && until <= now + FARTHEST_COOL_DOWN_MS;

/** What is a whole window in the future was written by a clock that was ahead: it would close the broker for as long. */
const isAhead = (at: number, { windowMs }: BudgetPolicy, now: number): boolean => at > now + windowMs;

/** The state for the gate. All who wanted the same call were served at the same time: that is one call. */
export function windowOfLine(
  { lastSentAt, coolDownUntil, line: read }: LineRead,
  policy: BudgetPolicy,
  now: number,
): StoredWindow {
  const line = {
    waiters: read.waiters.filter(({ enteredAt }) => !isAhead(enteredAt, policy, now)),
    served: read.served.filter(({ at }) => !isAhead(at, policy, now)),
  };
  const sent = new Map(line.served.map(({ at, conversation }) => [at, { at, conversation, calls: 1 }]));
  const ended = [...sent.values()].filter(({ at }) => at + policy.windowMs > now);
  const pause = { until: coolDownUntil, lengthMs: 0, probe: undefined };
  return {
    state: {
      ...emptyWindow(policy),
      ended,
      endedCalls: ended.length,
      lastSentAt: isAhead(lastSentAt, policy, now) ? 0 : lastSentAt,
      pause: isCoolingDown(coolDownUntil, now) ? pause : undefined,
    },
    version: String(lastSentAt),
    line,
  };
}
