/** When a slot can be expected. Pure. */

import type { BudgetPolicy } from './policy.ts';
import { type FairnessMemory, plan, type Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** Predictions end here. */
export const HORIZON_MS = 180_000;

/**
 * Time until `refused` could get a slot, given that only `staying` wait. Beyond the horizon: the horizon, or the end of a
 * longer cooldown.
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
  return own ? own.at - now : Math.max(HORIZON_MS, (state.cooldown?.until ?? now) - now);
}
