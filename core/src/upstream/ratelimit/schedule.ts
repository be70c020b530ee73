/** Who goes when: one pure function that grants, predicts and refuses, so that all three agree. */

import { strangersNow } from './externalUsage.ts';
import type { BudgetPolicy } from './policy.ts';
import type { FairnessMemory, Lane, Waiter } from './queued.ts';
import { hasShare } from './shares.ts';
import { assumed, end, freeCalls, prune, take, type WindowState } from './window.ts';

export type { FairnessMemory, Lane, Waiter } from './queued.ts';

const RANK: Readonly<Record<Lane, number>> = { sign_in: 0, caller: 1, refresh: 2 };

/** When a waiter will be served if nobody else comes. */
export interface Planned<W extends Waiter> {
  readonly waiter: W;
  readonly at: number;
}

/** What a call under way is expected to take; only predictions use it, a grant waits for the real end. */
export const TYPICAL_CALL_MS = 1000;

/** Share of the room beside strangers that may be sent before an answer says what they did meanwhile. */
const UNSEEN_SHARE = 1 / 4;

interface Progress {
  state: WindowState;
  /** Calls of strangers. A prediction expects answers on the way, so that what is unseen does not grow. */
  strangers: number;
  /** When the probe that the plan let through is expected to have ended the pause. */
  probeEndsAt: number;
  readonly keyServed: ReadonlyMap<string, number>;
  readonly conversationServed: ReadonlyMap<string, number>;
}

/**
 * True while as many calls are under way as may be sent without having seen what strangers did meanwhile. Where there is
 * little room each call waits for the answer to the one before, so that a wrong guess costs one 429 and not a burst.
 */
function isGroping({ underWay }: WindowState, free: number, policy: BudgetPolicy, now: number): boolean {
  const unseen = underWay.filter(({ sentAt }) => sentAt > now - policy.longestAttemptMs);
  return unseen.length >= Math.max(1, Math.floor((free + unseen.length) * UNSEEN_SHARE));
}

function mayGo(
  waiter: Waiter,
  waiters: readonly Waiter[],
  { state, strangers }: Progress,
  memory: FairnessMemory,
  policy: BudgetPolicy,
  now: number,
): boolean {
  if (strangers > 0 && isGroping(state, freeCalls(state, strangers), policy, now)) return false;
  return hasShare(waiter, { state, strangers, waiters, memory, policy, now });
}

/** Lane first, then the key whose turn is longest ago, then the conversation, then who came first. */
function comesBefore(a: Waiter, b: Waiter, { keyServed, conversationServed }: Progress): boolean {
  if (a.lane !== b.lane) return RANK[a.lane] < RANK[b.lane];
  const key = (keyServed.get(a.key) ?? 0) - (keyServed.get(b.key) ?? 0);
  if (a.key !== b.key && key !== 0) return key < 0;
  const talk = (conversationServed.get(a.conversation) ?? 0) - (conversationServed.get(b.conversation) ?? 0);
  if (a.conversation !== b.conversation && talk !== 0) return talk < 0;
  return a.enteredAt < b.enteredAt;
}

/** The next moment at which something changes: a slot frees, strangers' calls lapse, the spacing or the pause ends. */
function nextChange({ state, strangers, probeEndsAt }: Progress, policy: BudgetPolicy, now: number): number {
  let next = Number.POSITIVE_INFINITY;
  const consider = (at: number): void => {
    if (at > now && at < next) next = at;
  };
  const [oldest] = state.ended;
  if (oldest) consider(oldest.at + policy.windowMs);
  consider(state.foreign.until);
  if (strangers > 0 && freeCalls(state, strangers) > 0) consider(now + TYPICAL_CALL_MS);
  consider(state.lastSentAt + policy.spacingMs);
  if (state.pause) consider(state.pause.until);
  if (state.pause?.probe !== undefined) consider(probeEndsAt);
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
  if (state.pause && (state.pause.until > now || state.pause.probe !== undefined)) return undefined;
  if (state.lastSentAt + policy.spacingMs > now) return undefined;
  let best: W | undefined;
  for (const waiter of left) {
    if (waiter.latestAt < now) continue;
    if (best && !comesBefore(waiter, best, progress)) continue;
    if (mayGo(waiter, left, progress, memory, policy, now)) best = waiter;
  }
  return best;
}

/** The state in which every call under way has ended when it is expected to. */
function expectEnds(state: WindowState, now: number): WindowState {
  const expected = state.underWay.reduce(
    (sofar, slot) => end(sofar, slot, Math.max(now, slot.sentAt + TYPICAL_CALL_MS)),
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
    strangers: strangersNow(state.foreign, policy, state.limit, now),
    probeEndsAt: now + TYPICAL_CALL_MS,
    keyServed: memory.keyServedAt,
    conversationServed: memory.conversationServedAt,
  };
  // A lone waiter who can go at once is the usual case, and copying would be most of its cost.
  if (waiters.length === 1 && pickNext(waiters, beginning, memory, policy, now))
    return [{ waiter: only, at: now }];
  const planned: Planned<W>[] = [];
  const keyServed = new Map(memory.keyServedAt);
  const conversationServed = new Map(memory.conversationServedAt);
  const progress = { ...beginning, keyServed, conversationServed };
  let left = waiters;
  let time = now;
  // Served order within one instant needs distinct marks.
  let turn = 0;
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
      turn += 1;
      const { id, key, conversation } = waiter;
      keyServed.set(key, time + turn / 1000);
      conversationServed.set(conversation, time + turn / 1000);
      progress.state = take(progress.state, { id, key, conversation, sentAt: time });
      progress.probeEndsAt = Math.max(progress.probeEndsAt, time + TYPICAL_CALL_MS);
      continue;
    }
    // What follows is a prediction, and may assume that calls end as calls usually do.
    progress.state = expectEnds(progress.state, time);
    time = nextChange(progress, policy, time);
    progress.state = prune(progress.state, policy, time);
    const { foreign, limit } = progress.state;
    if (foreign.until <= time) progress.strangers = strangersNow(foreign, policy, limit, time);
    if (progress.state.pause?.probe !== undefined && progress.probeEndsAt <= time) {
      // Assume that the probe of a pause succeeds; if it does not, the plan is made anew.
      progress.state = { ...progress.state, pause: undefined };
    }
  }
  return planned;
}
