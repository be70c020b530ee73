/** The window that a broker's store tells of: what it keeps is the newest send time, a pause and the line. Pure. */
import type { LineSeen } from '../../gateway/budget/line.ts';
import type { BudgetPolicy } from '../../gateway/budget/policy.ts';
import type { StoredWindow } from '../../gateway/budget/store.ts';
import { emptyWindow } from '../../gateway/budget/window.ts';

/** As it was read; times in ms since 1970, 0 for never. */
export interface LineRead {
  readonly lastSentAt: number;
  readonly coolDownUntil: number;
  readonly line: LineSeen;
}

/** The state for the gate. All who wanted the same call were served at the same time: that is one call. */
export function windowOfLine(
  { lastSentAt, coolDownUntil, line }: LineRead,
  policy: BudgetPolicy,
  now: number,
): StoredWindow {
  const sent = new Map(line.served.map(({ at, conversation }) => [at, { at, conversation, calls: 1 }]));
  const ended = [...sent.values()].filter(({ at }) => at + policy.windowMs > now);
  const pause = { until: coolDownUntil, lengthMs: 0, probe: undefined };
  return {
    state: {
      ...emptyWindow(policy),
      ended,
      endedCalls: ended.length,
      lastSentAt,
      pause: coolDownUntil > now ? pause : undefined,
    },
    version: String(lastSentAt),
    line,
  };
}
