/** Stops calling an upstream that keeps failing, and finds out with single calls, drawn fairly, when it is back. */

import { type BreakerCall, createCallHistory } from './callHistory.ts';
import { NO_COOLDOWN, nextCooldown } from './cooldown.ts';
import { drawProbe } from './drawProbe.ts';
import { createFailureStreaks } from './failureStreaks.ts';
import type { Health } from './health.ts';

/** Whether a call may go on. */
export type BreakerDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'open'; readonly retryAfterMs: number };

/** The words of the status. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** The breaker of one process. */
export interface Breaker {
  state(): BreakerState;
  /** True while nothing fails: there is no need to ask `acquire`. */
  isQuiet(): boolean;
  /**
   * Asked before a call waits for a permit of the rate limiter. Refuses at once while the breaker is open, or the call repeats what has failed
   * over and over; shortly before that ends, and while a probe is out, it waits, never past `latestAt`. A promise only
   * where it waits.
   */
  acquire(call: BreakerCall, latestAt: number): BreakerDecision | Promise<BreakerDecision>;
  /** Asked right before sending. False: the breaker has opened since, or another probe is out; ask `acquire` again. */
  start(call: BreakerCall): boolean;
  /** Told after each call that was sent. */
  record(call: BreakerCall, health: Health): void;
  /** Told instead when the call was not sent after all, so that another one can be the probe. */
  notSent(call: BreakerCall): void;
}

/** Dependencies. */
export interface BreakerOptions {
  readonly now: () => number;
  readonly random: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

/** Failures in a row that open it; each path counts once. */
const OPEN_AFTER = 5;
/** A probe that its host has killed must not keep the breaker half open for ever. */
const PROBE_MS = 15_000;
/** A drawn call that is not sent by then waits for a permit of the rate limiter: another one is drawn beside it. */
const START_MS = 1000;
/** Calls that come within this time of the first are drawn together. */
const DRAW_MS = 250;
/**
 * With less than this to go a call waits instead of being refused. `Retry-After` tells whole seconds, rounded down: who
 * obeys it comes back inside this time, and takes part in the draw with whoever asks without pause.
 */
const NEAR_MS = 1250;
/** Waking by promise is a short cut only: in Workers it may never arrive from another request. */
const POLL_MS = 250;

interface Waiter {
  readonly call: BreakerCall;
  readonly latestAt: number;
  wake: () => void;
}

const refused = (retryAfterMs: number): BreakerDecision => ({ kind: 'open', retryAfterMs });
const ADMITTED: BreakerDecision = { kind: 'allowed' };

/** Makes a closed breaker. */
export function createBreaker({ now, random, setTimer }: BreakerOptions): Breaker {
  const history = createCallHistory(now);
  const streaks = createFailureStreaks(now, PROBE_MS);
  const waiters = new Set<Waiter>();
  let failures = 0;
  let open = NO_COOLDOWN;
  /** For calls on paths that are known to fail. It keeps no other call out, and callers without a failure only shortly. */
  let failingPaths = NO_COOLDOWN;
  /** Since when the waiters that are drawn from have been gathering. */
  let gatheringSince = 0;
  /** Drawn, and not sent yet. */
  let drawn = new WeakSet<BreakerCall>();
  let drawnUntil = 0;
  let probe: { readonly call: BreakerCall; readonly until: number } | undefined;

  const isClosed = (): boolean => failures < OPEN_AFTER;
  const state = (): BreakerState => {
    if (isClosed()) return 'closed';
    return now() < open.until ? 'open' : 'half_open';
  };
  const readyAt = (call: BreakerCall): number => {
    if (isClosed()) return streaks.readyAt(call);
    if (!history.isOnFailingPath(call)) return open.until;
    const { until, shortUntil } = failingPaths;
    return Math.max(open.until, history.lastFailedAt(call).conversation > 0 ? until : shortUntil);
  };

  function wakeAll(): void {
    for (const { wake } of waiters) wake();
  }

  function draw(at: number): void {
    for (const waiter of waiters) if (waiter.latestAt < at) waiters.delete(waiter);
    const ready = [...waiters].filter(({ call }) => readyAt(call) <= at);
    const winner = drawProbe(ready, history, random);
    if (!winner) return;
    drawn.add(winner.call);
    drawnUntil = at + START_MS;
    waiters.delete(winner);
    winner.wake();
  }

  /** A decision, or so many milliseconds until the next look. */
  function look({ call, latestAt }: Waiter): BreakerDecision | number {
    if (drawn.has(call)) return ADMITTED;
    const at = now();
    const waitMs = readyAt(call) - at;
    if (isClosed() && waitMs <= 0) {
      streaks.begin(call);
      return ADMITTED;
    }
    // A refresh has a kept answer in front of it: nobody waits for it.
    if (waitMs > NEAR_MS || call.turn.priority === 'refresh') return refused(Math.max(waitMs, 1));
    if (at + Math.max(0, waitMs) > latestAt) return refused(Math.max(waitMs, NO_COOLDOWN.nextMs));
    if (waitMs > 0) return waitMs;
    const busyMs = Math.max(probe?.until ?? 0, drawnUntil) - at;
    if (busyMs > 0) return busyMs;
    const gatheringMs = gatheringSince + DRAW_MS - at;
    if (gatheringMs > 0) return gatheringMs;
    draw(at);
    return drawn.has(call) ? ADMITTED : START_MS;
  }

  const nap = (waiter: Waiter, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = setTimer(resolve, Math.min(Math.max(1, ms), POLL_MS));
      waiter.wake = () => {
        cancel();
        resolve();
      };
    });

  async function wait(waiter: Waiter, ms: number): Promise<BreakerDecision> {
    try {
      let next: BreakerDecision | number = ms;
      while (typeof next === 'number') {
        await nap(waiter, next);
        next = look(waiter);
      }
      return next;
    } finally {
      waiters.delete(waiter);
    }
  }

  /** The outcome of the probe is known, or it was not sent: the others look again. */
  function endProbe(call: BreakerCall): boolean {
    const wasDrawn = drawn.delete(call);
    const wasProbe = probe?.call === call;
    if (wasProbe) probe = undefined;
    if (wasDrawn || wasProbe) drawnUntil = 0;
    return wasDrawn || wasProbe;
  }

  function close(): void {
    failures = 0;
    open = NO_COOLDOWN;
    failingPaths = NO_COOLDOWN;
    drawn = new WeakSet();
    drawnUntil = 0;
    probe = undefined;
    wakeAll();
  }

  function recordFailure(call: BreakerCall, health: Health): void {
    const wasProbe = endProbe(call);
    streaks.failed(call);
    if (health === 'inconclusive' && !wasProbe) return;
    history.failedFor(call);
    // Where no connection can be made, no input of a caller is the cause.
    const isNews = health === 'unreachable' || (history.failed(call) && health === 'failed');
    if (isNews) {
      failures += 1;
      // Calls that were under way when it opened say nothing new.
      if (failures === OPEN_AFTER || (failures > OPEN_AFTER && wasProbe)) open = nextCooldown(open, now());
    } else if (wasProbe) {
      failingPaths = nextCooldown(failingPaths, now());
    }
    if (wasProbe) wakeAll();
  }

  return {
    state,
    isQuiet: () => isClosed() && streaks.isEmpty(),
    acquire(call, latestAt) {
      const waiter: Waiter = { call, latestAt, wake: () => {} };
      if (waiters.size === 0) gatheringSince = now();
      waiters.add(waiter);
      const first = look(waiter);
      if (typeof first === 'number') return wait(waiter, first);
      waiters.delete(waiter);
      return first;
    },
    start(call) {
      if (isClosed()) return true;
      const at = now();
      const mayProbe = at >= open.until && at >= (probe?.until ?? 0) && drawn.has(call);
      // Too late for this draw: it takes part in the next one.
      if (!mayProbe) drawn.delete(call);
      else probe = { call, until: at + PROBE_MS };
      return mayProbe;
    },
    record(call, health) {
      if (health !== 'worked') return recordFailure(call, health);
      history.worked(call);
      if (!streaks.isEmpty()) streaks.worked(call);
      if (failures > 0) close();
    },
    notSent(call) {
      if (!streaks.isEmpty()) streaks.notSent(call);
      if (!isClosed() && endProbe(call)) wakeAll();
    },
  };
}
