/** Stops calling an upstream that keeps failing, and finds out with single calls when it is back. */

/** Whether a call may be sent now. */
export type BreakerDecision =
  | { readonly open: false }
  | { readonly open: true; readonly retryAfterMs: number };

/** The breaker of one process. */
export interface Breaker {
  /** Asked before each call. While half open, only the first asker is let through. */
  admit(): BreakerDecision;
  /** Told after each call that was let through: did Discogs work? A caller's 4xx is no failure. */
  record(worked: boolean): void;
  /** Told instead when the call was not sent after all, so that the next one can be the probe. */
  notSent(): void;
  state(): 'closed' | 'open' | 'half_open';
}

/** Failures in a row that open it. */
const OPEN_AFTER = 5;
const FIRST_OPEN_MS = 2000;
const LONGEST_OPEN_MS = 30_000;
/** A probe that its host has killed must not keep the breaker half open for ever. */
const PROBE_MS = 15_000;

/** Makes a closed breaker. */
export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let openMs = FIRST_OPEN_MS;
  let openUntil = 0;
  let probeUntil = 0;

  const state = (): 'closed' | 'open' | 'half_open' => {
    if (failures < OPEN_AFTER) return 'closed';
    return now() < openUntil ? 'open' : 'half_open';
  };

  return {
    state,
    admit() {
      if (state() === 'closed') return { open: false };
      if (state() === 'open') return { open: true, retryAfterMs: openUntil - now() };
      if (now() < probeUntil) return { open: true, retryAfterMs: FIRST_OPEN_MS };
      probeUntil = now() + PROBE_MS;
      return { open: false };
    },
    notSent() {
      probeUntil = 0;
    },
    record(worked) {
      probeUntil = 0;
      if (worked) {
        failures = 0;
        openMs = FIRST_OPEN_MS;
        return;
      }
      failures += 1;
      if (failures < OPEN_AFTER) return;
      // Calls that were under way when it opened say nothing new.
      if (failures > OPEN_AFTER && now() < openUntil) return;
      openUntil = now() + openMs;
      openMs = Math.min(openMs * 2, LONGEST_OPEN_MS);
    },
  };
}
