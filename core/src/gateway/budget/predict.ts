/** When a slot can be expected. Pure. */
import { type FairnessMemory, plan, type Waiter } from './plan.ts';
import type { BudgetPolicy } from './policy.ts';
import type { WindowState } from './window.ts';

/** A predicted slot further away than this is no help to anybody. */
export const HORIZON_MS = 180_000;

/** When `refused` could have a slot if it came back and nobody but `staying` waited: what `reset` tells it. */
export function slotInMs(
  refused: Waiter,
  staying: readonly Waiter[],
  state: WindowState,
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
): number | undefined {
  const patient: Waiter = { ...refused, latestAt: Number.POSITIVE_INFINITY };
  const planned = plan(state, [...staying, patient], memory, policy, now, now + HORIZON_MS);
  const own = planned.find(({ waiter }) => waiter === patient);
  if (own) return own.at - now;
  // Discogs asked for a pause that ends beyond the horizon.
  return state.pause && state.pause.until > now + HORIZON_MS ? state.pause.until - now : undefined;
}
