/** When a slot can be expected. Pure. */

import type { BudgetPolicy } from './policy.ts';
import { type FairnessMemory, plan, type Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** A predicted slot further away than this is no help to anybody. */
export const HORIZON_MS = 180_000;

/**
 * When `refused` could have a slot if it came back and nobody but `staying` waited: what it is told. Beyond the horizon
 * the end of the horizon, or of a pause that lasts longer.
 */
export function slotInMs(
  refused: Waiter,
  staying: readonly Waiter[],
  state: WindowState,
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
): number {
  const patient: Waiter = { ...refused, latestAt: Number.POSITIVE_INFINITY };
  const planned = plan(state, [...staying, patient], memory, policy, now, now + HORIZON_MS);
  const own = planned.find(({ waiter }) => waiter === patient);
  return own ? own.at - now : Math.max(HORIZON_MS, (state.pause?.until ?? now) - now);
}
