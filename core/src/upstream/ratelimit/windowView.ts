/** The window as shown in headers, traces and on the status page. Pure. */

import { externalCallsNow } from './externalUsage.ts';
import type { BudgetPolicy } from './policy.ts';
import { slotInMs } from './predict.ts';
import { type FairnessMemory, TYPICAL_CALL_MS, type Waiter } from './schedule.ts';
import { hasShare, type Sharer } from './shares.ts';
import { assumed, emptyWindow, freeCalls, nextFreeAt, prune, usedCalls, type WindowState } from './window.ts';

/** The window as it is now. */
export interface WindowView {
  readonly limit: number;
  readonly used: number;
  /** Calls that could go now: none while everybody waits for the end of a cooldown, one when its probe may go. */
  readonly remaining: number;
  /** Seconds until the next call leaves the window, or the cooldown ends; 0 while there is room. */
  readonly resetSeconds: number;
  readonly waiting: number;
}

/** What one caller may expect of the window. */
export interface Allowance {
  /** That of the window; 0 where this caller may send no call now. */
  readonly remaining: number;
  /** Seconds until a call of this caller can be sent, if nobody else comes; 0 while one can be sent now. */
  readonly resetSeconds: number;
  /** What it waits for: the end of a cooldown that Discogs asked for, room in the window, or room in its own share. */
  readonly limitedBy: 'pause' | 'window' | 'share' | undefined;
}

/** The window, and who waits for it. */
export interface Viewed {
  /** Read or written last; undefined for a window that nobody has used. */
  readonly state: WindowState | undefined;
  readonly waiters: readonly Waiter[];
  readonly memory: FairnessMemory;
  readonly policy: BudgetPolicy;
  readonly now: number;
}

/** Rest of the cooldown; while its probe is in flight, the expected duration of a call. */
function cooldownLeftMs({ cooldown }: WindowState, now: number): number {
  if (!cooldown) return 0;
  if (cooldown.until > now) return cooldown.until - now;
  return cooldown.probe === undefined ? 0 : TYPICAL_CALL_MS;
}

/** Capacity of the window, before shares. */
function capacityOf(viewed: Viewed) {
  const { policy, now } = viewed;
  const state = viewed.state ? prune(viewed.state, policy, now) : emptyWindow(policy);
  const guess = assumed(state);
  const externalCalls = externalCallsNow(guess.external, policy, guess.limit, now);
  const pauseMs = cooldownLeftMs(state, now);
  const free = Math.max(0, freeCalls(guess, externalCalls));
  const fullMs = free === 0 ? nextFreeAt(guess, policy, now) - now : 0;
  // After a cooldown a single probe may go.
  const open = pauseMs > 0 ? 0 : state.cooldown ? Math.min(1, free) : free;
  return { state, guess, externalCalls, open, isPaused: pauseMs > 0, waitMs: Math.max(pauseMs, fullMs) };
}

/** Describes the window as a whole. */
export function windowView(viewed: Viewed): WindowView {
  const { policy, now, waiters } = viewed;
  const { state, open, waitMs } = capacityOf(viewed);
  return {
    limit: state.limit,
    used: Math.min(usedCalls(state, policy, now), state.limit),
    remaining: open,
    resetSeconds: Math.ceil(waitMs / 1000),
    waiting: waiters.length,
  };
}

/**
 * What `caller` may expect. `isRefused`: it has just been refused, perhaps because others wait before it; it is told when
 * it can be served, and to wait for a second at least.
 */
export function allowanceOf(caller: Sharer, viewed: Viewed, isRefused: boolean): Allowance {
  const { waiters, memory, policy, now } = viewed;
  const { state, guess, externalCalls, open, isPaused } = capacityOf(viewed);
  const mayGo = open > 0 && hasShare(caller, { state: guess, externalCalls, waiters, memory, policy, now });
  if (mayGo && !isRefused) return { remaining: open, resetSeconds: 0, limitedBy: undefined };
  const waiter: Waiter = { ...caller, id: '', enteredAt: now, latestAt: Number.POSITIVE_INFINITY };
  const waitMs = slotInMs(waiter, waiters, state, memory, policy, now);
  return {
    remaining: 0,
    resetSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    limitedBy: isPaused ? 'pause' : open > 0 && !mayGo ? 'share' : 'window',
  };
}
