/** The schedule of the queue: one pure function for grants, predictions and refusals, so that they agree. */

import { externalCallsNow } from './externalUsage.ts';
import type { BudgetPolicy } from './policy.ts';
import type { FairnessMemory, Priority, Waiter } from './queued.ts';
import { hasShare } from './shares.ts';
import { addCall, assumed, endCall, freeCalls, prune, type WindowState } from './window.ts';

export type { FairnessMemory, Priority, Waiter } from './queued.ts';

const RANK: Readonly<Record<Priority, number>> = { sign_in: 0, caller: 1, refresh: 2 };

/** When a waiter will be served if no request arrives. */
export interface Planned<W extends Waiter> {
  readonly waiter: W;
  readonly at: number;
}

/** Expected duration of a call; used by predictions only, a grant waits for the real end. */
export const TYPICAL_CALL_MS = 1000;

/** Share of the free calls that may be in flight before an answer updates the external usage. */
const UNSEEN_SHARE = 1 / 4;

interface Progress {
  state: WindowState;
  /** Assumed external calls. Predictions expect answers on the way, so the unseen margin does not grow. */
  externalCalls: number;
  /** When the probe that the plan let through is expected to have ended the cooldown. */
  probeEndsAt: number;
  readonly keyServed: ReadonlyMap<string, number>;
  readonly conversationServed: ReadonlyMap<string, number>;
}

/**
 * True while as many calls are in flight as may be sent without a new observation of external usage. With little room each
 * call waits for the answer to the previous one, so that a wrong estimate costs one 429 and not a burst.
 */
function isAtProbeLimit({ inFlight }: WindowState, free: number, policy: BudgetPolicy, now: number): boolean {
  const unseen = inFlight.filter(({ sentAt }) => sentAt > now - policy.longestAttemptMs);
  return unseen.length >= Math.max(1, Math.floor((free + unseen.length) * UNSEEN_SHARE));
}

function mayStart(
  waiter: Waiter,
  waiters: readonly Waiter[],
  { state, externalCalls }: Progress,
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
): boolean {
  if (externalCalls > 0 && isAtProbeLimit(state, freeCalls(state, externalCalls), policy, now)) return false;
  return hasShare(waiter, { state, externalCalls, waiters, memory, policy, now });
}

/** By priority, then the least recently served key, then the least recently served conversation, then arrival. */
function comesBefore(a: Waiter, b: Waiter, { keyServed, conversationServed }: Progress): boolean {
  if (a.priority !== b.priority) return RANK[a.priority] < RANK[b.priority];
  const key = (keyServed.get(a.key) ?? 0) - (keyServed.get(b.key) ?? 0);
  if (a.key !== b.key && key !== 0) return key < 0;
  const talk = (conversationServed.get(a.conversation) ?? 0) - (conversationServed.get(b.conversation) ?? 0);
  if (a.conversation !== b.conversation && talk !== 0) return talk < 0;
  return a.enteredAt < b.enteredAt;
}

/** The next moment at which something changes: a slot frees, external calls lapse, the spacing or the cooldown ends. */
function nextChange(
  { state, externalCalls, probeEndsAt }: Progress,
  policy: BudgetPolicy,
  now: number,
): number {
  let next = Number.POSITIVE_INFINITY;
  const consider = (at: number): void => {
    if (at > now && at < next) next = at;
  };
  const [oldest] = state.ended;
  if (oldest) consider(oldest.at + policy.windowMs);
  consider(state.external.until);
  if (externalCalls > 0 && freeCalls(state, externalCalls) > 0) consider(now + TYPICAL_CALL_MS);
  consider(state.lastSentAt + policy.spacingMs);
  if (state.cooldown) consider(state.cooldown.until);
  if (state.cooldown?.probe !== undefined) consider(probeEndsAt);
  return next;
}

function pickNext<W extends Waiter>(
  left: readonly W[],
  progress: Progress,
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
): W | undefined {
  const { state } = progress;
  if (state.cooldown && (state.cooldown.until > now || state.cooldown.probe !== undefined)) return undefined;
  if (state.lastSentAt + policy.spacingMs > now) return undefined;
  let best: W | undefined;
  for (const waiter of left) {
    if (waiter.latestAt < now) continue;
    if (best && !comesBefore(waiter, best, progress)) continue;
    if (mayStart(waiter, left, progress, memory, policy, now)) best = waiter;
  }
  return best;
}

/** The state in which every call in flight has ended when it is expected to. */
function expectEnds(state: WindowState, now: number): WindowState {
  const expected = state.inFlight.reduce(
    (sofar, slot) => endCall(sofar, slot, Math.max(now, slot.sentAt + TYPICAL_CALL_MS)),
    state,
  );
  return { ...expected, ended: expected.ended.toSorted((a, b) => a.at - b.at) };
}

/**
 * Plans the waiters from `now` on, until all have a time or `horizon` is reached. A waiter that is not in the result
 * gets no slot while it has a use for one. Slots are not reserved by this: the next call may come and change everything.
 */
export function plan<W extends Waiter>(
  start: WindowState,
  waiters: readonly W[],
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
  horizon: number,
): readonly Planned<W>[] {
  const [only] = waiters;
  if (!only) return [];
  const state = assumed(prune(start, policy, now));
  const beginning: Progress = {
    state,
    externalCalls: externalCallsNow(state.external, policy, state.limit, now),
    probeEndsAt: now + TYPICAL_CALL_MS,
    keyServed: memory.keyServedAt,
    conversationServed: memory.conversationServedAt,
  };
  // Fast path for the usual case, a single waiter that is due: copying would be most of the cost.
  if (waiters.length === 1 && pickNext(waiters, beginning, memory, policy, now))
    return [{ waiter: only, at: now }];
  const planned: Planned<W>[] = [];
  const keyServed = new Map(memory.keyServedAt);
  const conversationServed = new Map(memory.conversationServedAt);
  const progress = { ...beginning, keyServed, conversationServed };
  let left = waiters;
  let time = now;
  // Keeps the serving order within one millisecond.
  let order = 0;
  while (left.length > 0 && time <= horizon) {
    const waiter = pickNext(left, progress, memory, policy, time);
    if (waiter) {
      planned.push({ waiter, at: time });
      const slotAt = time;
      const shares = ({ call, latestAt }: W): boolean =>
        waiter.call !== undefined && call === waiter.call && latestAt >= slotAt;
      for (const other of left)
        if (other !== waiter && shares(other)) planned.push({ waiter: other, at: slotAt });
      left = left.filter((other) => other !== waiter && !shares(other));
      order += 1;
      const { id, key, conversation } = waiter;
      keyServed.set(key, time + order / 1000);
      conversationServed.set(conversation, time + order / 1000);
      progress.state = addCall(progress.state, { id, key, conversation, sentAt: time });
      progress.probeEndsAt = Math.max(progress.probeEndsAt, time + TYPICAL_CALL_MS);
      continue;
    }
    // From here on it is a prediction, which assumes typical call durations.
    progress.state = expectEnds(progress.state, time);
    time = nextChange(progress, policy, time);
    progress.state = prune(progress.state, policy, time);
    const { external, limit } = progress.state;
    if (external.until <= time) progress.externalCalls = externalCallsNow(external, policy, limit, time);
    if (progress.state.cooldown?.probe !== undefined && progress.probeEndsAt <= time) {
      // Assume that the probe of a cooldown succeeds; if it does not, the plan is made anew.
      progress.state = { ...progress.state, cooldown: undefined };
    }
  }
  return planned;
}
