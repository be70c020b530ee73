/** Gateways and rate limiters on a clock that moves only when told. */
import {
  type BudgetPolicy,
  createRateLimiter,
  memoryWindowStore,
  type RateLimiter,
  type WindowStore,
} from '@discogs-agent/core';
import { gateway } from './fakes.ts';
import { type VirtualTime, virtualTime } from './virtualTime.ts';

/** A gateway and its clock. */
export function onClock(options: Parameters<typeof gateway>[0] = {}) {
  const time = virtualTime();
  return { time, one: gateway({ now: time.now, setTimer: time.setTimer, ...options }) };
}

let ids = 0;

/** A rate limiter on `time`; over a store of its own, unless one is given. */
export const limiterOn = (
  { now, setTimer }: VirtualTime,
  policy: BudgetPolicy,
  store: WindowStore = memoryWindowStore(policy),
): RateLimiter =>
  createRateLimiter({
    policy,
    store,
    now,
    setTimer,
    newId: () => {
      ids += 1;
      return `permit-${ids}`;
    },
    waitUntil: (work) => void work.catch(() => {}),
  });
