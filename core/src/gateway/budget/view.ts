/** The window as others are told of it: in headers, traces and on the status page. Pure. */
import type { BudgetPolicy } from './policy.ts';
import { strangersNow } from './strangers.ts';
import { freeCalls, nextFreeAt, prune, usedCalls, type WindowState } from './window.ts';

/** The window as it is now. */
export interface WindowView {
  readonly limit: number;
  readonly used: number;
  /** Calls that could go now: none while everybody waits for the end of a pause. */
  readonly remaining: number;
  /** Seconds until the next call leaves the window, or the pause ends; 0 while there is room. */
  readonly resetSeconds: number;
  readonly waiting: number;
}

/** Describes `shown`, the state that was read or written last; without one, a window that nobody has used. */
export function windowView(
  shown: WindowState | undefined,
  waiting: number,
  policy: BudgetPolicy,
  now: number,
): WindowView {
  const state = shown && prune(shown, policy, now);
  const limit = state?.limit ?? policy.limit;
  const used = state ? Math.min(usedCalls(state, policy, now), limit) : 0;
  const pauseMs = Math.max(0, (state?.pause?.until ?? now) - now);
  const free = state ? freeCalls(state, strangersNow(state.foreign, policy, limit, now)) : limit;
  const waitMs = Math.max(pauseMs, state && free <= 0 ? nextFreeAt(state, policy, now) - now : 0);
  return {
    limit,
    used,
    remaining: pauseMs > 0 ? 0 : Math.max(0, free),
    resetSeconds: Math.ceil(waitMs / 1000),
    waiting,
  };
}
